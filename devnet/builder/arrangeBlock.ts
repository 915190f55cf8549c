import type { Address, Hash } from 'viem'
import type { Bundle } from './BundlePool.ts'
import { computeEffectiveTip, type PoolTransaction } from './decodeTransaction.ts'

/** A transaction at its place in the block to be. */
export interface PlacedTransaction {
  readonly transaction: PoolTransaction
  /** What stays out if this transaction reverts or cannot run: its bundle or, if private, itself. */
  readonly condition?: Hash
  /** A bundle's transaction that its searcher lets revert; it must be in the block all the same. */
  readonly mayRevert?: boolean
}

interface BlockOffers {
  /** Best first. */
  readonly bundles: readonly Bundle[]
  readonly privateTransactions: readonly PoolTransaction[]
  readonly publicTransactions: readonly PoolTransaction[]
  /** The next nonce of every sender that occurs. */
  readonly nonces: ReadonlyMap<Address, number>
  readonly baseFeePerGas: bigint
  readonly gasLimit: bigint
  /** Hashes of bundles and private transactions that were tried and must stay out. */
  readonly excluded: ReadonlySet<Hash>
}

interface Offer {
  readonly transaction: PoolTransaction
  readonly withheld: boolean
  readonly arrival: number
}

/**
 * The order of the next block: bundles first, then by effective tip, each sender's nonces in order, ties by arrival.
 * The block is filled by gas limits, not by gas used, so that nothing in it can turn out not to fit.
 */
export function arrangeBlock(offers: BlockOffers): PlacedTransaction[] {
  const nonces = new Map(offers.nonces)
  const placed: PlacedTransaction[] = []
  let gasLeft = offers.gasLimit

  for (const bundle of offers.bundles) {
    if (offers.excluded.has(bundle.hash)) continue
    const noncesAfter = fitBundle(bundle, nonces, offers.baseFeePerGas)
    const gas = bundle.transactions.reduce((sum, transaction) => sum + transaction.gas, 0n)
    if (noncesAfter === undefined || gas > gasLeft) continue
    for (const [sender, nonce] of noncesAfter) nonces.set(sender, nonce)
    for (const transaction of bundle.transactions) {
      const mayRevert = bundle.revertingHashes.has(transaction.hash)
      placed.push({ transaction, condition: bundle.hash, mayRevert })
    }
    gasLeft -= gas
  }

  const offersBySender = collectOffers(offers)
  const heads = new Map<Address, Offer>()
  const showHead = (sender: Address) => {
    const head = pickHead(offersBySender.get(sender), nonces.get(sender), offers.baseFeePerGas)
    if (head === undefined) heads.delete(sender)
    else heads.set(sender, head)
  }
  for (const sender of offersBySender.keys()) showHead(sender)

  while (heads.size > 0) {
    const [best] = [...heads.values()].sort((a, b) => compareOffers(a, b, offers.baseFeePerGas))
    if (best === undefined) break
    const { transaction } = best
    if (transaction.gas > gasLeft) {
      // The sender's later nonces cannot go in without this one.
      heads.delete(transaction.from)
      continue
    }
    gasLeft -= transaction.gas
    nonces.set(transaction.from, transaction.nonce + 1)
    placed.push(best.withheld ? { transaction, condition: transaction.hash } : { transaction })
    showHead(transaction.from)
  }
  return placed
}

function fitBundle(
  bundle: Bundle,
  nonces: ReadonlyMap<Address, number>,
  baseFeePerGas: bigint,
): Map<Address, number> | undefined {
  const after = new Map<Address, number>()
  for (const transaction of bundle.transactions) {
    const nonce = after.get(transaction.from) ?? nonces.get(transaction.from)
    if (transaction.nonce !== nonce || transaction.maxFeePerGas < baseFeePerGas) return undefined
    after.set(transaction.from, nonce + 1)
  }
  return after
}

function collectOffers(offers: BlockOffers): Map<Address, Offer[]> {
  const bySender = new Map<Address, Offer[]>()
  let arrival = 0
  const collect = (transactions: readonly PoolTransaction[], withheld: boolean) => {
    for (const transaction of transactions) {
      if (withheld && offers.excluded.has(transaction.hash)) continue
      arrival += 1
      const list = bySender.get(transaction.from) ?? []
      list.push({ transaction, withheld, arrival })
      bySender.set(transaction.from, list)
    }
  }
  collect(offers.privateTransactions, true)
  collect(offers.publicTransactions, false)
  return bySender
}

// A sender may offer one nonce both publicly and privately: the better paying one is tried.
function pickHead(
  sendersOffers: readonly Offer[] | undefined,
  nonce: number | undefined,
  baseFeePerGas: bigint,
): Offer | undefined {
  return sendersOffers
    ?.filter(({ transaction }) => transaction.nonce === nonce && transaction.maxFeePerGas >= baseFeePerGas)
    .sort((a, b) => compareOffers(a, b, baseFeePerGas))[0]
}

function compareOffers(a: Offer, b: Offer, baseFeePerGas: bigint): number {
  const tipA = computeEffectiveTip(a.transaction, baseFeePerGas)
  const tipB = computeEffectiveTip(b.transaction, baseFeePerGas)
  if (tipA === tipB) return a.arrival - b.arrival
  return tipA > tipB ? -1 : 1
}
