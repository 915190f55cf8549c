import {
  type Address,
  erc20Abi,
  getAddress,
  type Hash,
  type Hex,
  isAddressEqual,
  keccak256,
  numberToHex,
  parseEther,
  parseGwei,
  zeroAddress,
} from 'viem'
import { computeEffectiveTip } from '../builder/decodeTransaction.ts'
import type { PoolEntry } from '../manifest.ts'
import { type Actor, createActor } from './Actor.ts'
import { approveThroughPermit2 } from './approveThroughPermit2.ts'
import { type Market, type PendingTransaction, readPending } from './connectMarket.ts'
import { convertWei, priceOf, readPrices } from './readPrices.ts'
import { decodeSwaps } from './sandwich/decodeSwaps.ts'
import { encodeLeg } from './sandwich/encodeLeg.ts'
import { planSandwich, type SandwichPlan } from './sandwich/planSandwich.ts'
import { sumTransfers } from './sumTransfers.ts'
import { contractAddress } from './swapCalls.ts'

/** A sandwich that is on the chain. */
export interface SandwichRecord {
  readonly victim: Hash
  readonly frontRun: Hash
  readonly backRun: Hash
  readonly blockNumber: bigint
  readonly kind: PoolEntry['kind']
  /** The token that the attacker put in and took out again. */
  readonly token: Address
  readonly frontRunIn: bigint
  readonly predictedProfit: bigint
  /** In units of `token`, before gas. */
  readonly profit: bigint
  /** In wei, of both transactions. */
  readonly gasCost: bigint
}

export interface AttackerReport {
  /** Public transactions looked at, newest last. */
  readonly examined: readonly Hash[]
  /** Attacks offered to the builder, by victim, whether or not they were included. */
  readonly submitted: readonly Hash[]
  /** Of those, by victim: whose victim came into a block without both of his transactions around it. */
  readonly failed: readonly Hash[]
  readonly sandwiches: readonly SandwichRecord[]
}

interface SubmittedAttack {
  readonly plan: SandwichPlan
  readonly frontRun: Hash
  readonly backRun: Hash
}

const memory = 1000
const gasReserve = parseEther('1')
/** Who takes his tokens, but for V4. */
const spenders = [
  ['uniswapV2', 'uniswapV2Router02'],
  ['uniswapV3', 'uniswapV3SwapRouter02'],
  ['balancerStable', 'balancerVault'],
] as const
// A victim whose fee cap is too low now may become attackable later, but not for ever.
const blocksToWatch = 5

/**
 * An attacker of public swaps. `bundle` offers front-run, victim and back-run to the builder as one piece; `tips` sends
 * his two publicly, one wei of tip above and below the victim's, as it was done before there were bundles.
 */
export function createSandwichAttacker(mode: 'bundle' | 'tips' = 'bundle'): Actor<AttackerReport> {
  const examined: Hash[] = []
  const submitted: Hash[] = []
  const failed: Hash[] = []
  const sandwiches: SandwichRecord[] = []

  return createActor(
    'attacker',
    'attacker',
    async (market, { manifest }) => {
      const watched = new Map<Hash, { transaction: PendingTransaction; attempts: number }>()
      const attacks = new Map<Hash, SubmittedAttack>()
      const tradable = findTradableTokens(market)
      // The first approvals are pending and count in the nonce that the next ones start from.
      for (const [kind, spender] of spenders) {
        await market.approve(findTokensIn(market, kind), contractAddress(manifest, spender))
      }
      const v4Tokens = findTokensIn(market, 'uniswapV4')
      await approveThroughPermit2(market, v4Tokens, contractAddress(manifest, 'universalRouter'))

      const attack = async (victim: PendingTransaction) => {
        const swaps = decodeSwaps(victim, manifest.contracts, manifest.pools)
        if (swaps.length === 0) return
        watched.set(victim.hash, {
          transaction: victim,
          attempts: (watched.get(victim.hash)?.attempts ?? 0) + 1,
        })
        // In the older way there is no taking back: one attack at a time.
        if (mode === 'tips' && attacks.size > 0) return
        const earlier = await readEarlier(market, victim)
        const target = { market, victim, earlier }
        const plans: SandwichPlan[] = []
        for (const swap of swaps) {
          for (const leg of swap.legs) {
            if (!tradable.includes(leg.tokenIn) || !tradable.includes(leg.tokenOut)) continue
            const capital = await readCapital(market, leg.tokenIn)
            const plan = await planSandwich(target, swap, leg, capital)
            if (plan !== undefined) plans.push(plan)
          }
        }
        const offer = await chooseProfitable(market, plans, victim, mode)
        if (offer === undefined) return
        const hashes = await submit(market, offer, victim, earlier, mode)
        attacks.set(victim.hash, { plan: offer.plan, ...hashes })
        remember(submitted, victim.hash)
      }

      return {
        async onPending(transaction) {
          if (isAddressEqual(transaction.from, market.address)) return
          try {
            await attack(transaction)
          } finally {
            remember(examined, transaction.hash)
          }
        },
        async onBlock() {
          for (const [hash, { transaction, attempts }] of watched) {
            const mined = await market.request<{ blockNumber: Hex | null } | null>(
              'eth_getTransactionByHash',
              [hash],
            )
            const attackMade = attacks.get(hash)
            attacks.delete(hash)
            if (mined?.blockNumber === null && attempts < blocksToWatch) {
              await attack(transaction)
              continue
            }
            watched.delete(hash)
            if (attackMade === undefined) continue
            const record = await settle(market, hash, attackMade)
            if (record === undefined) {
              remember(failed, hash)
              continue
            }
            sandwiches.push(record)
            if (sandwiches.length > memory) sandwiches.shift()
          }
        },
      }
    },
    () => ({
      examined: [...examined],
      submitted: [...submitted],
      failed: [...failed],
      sandwiches: [...sandwiches],
    }),
  )
}

function remember(list: Hash[], hash: Hash): void {
  list.push(hash)
  if (list.length > memory) list.shift()
}

/** Ether too, as the zero address. */
function findTradableTokens({ manifest }: Market): Address[] {
  const listed = new Set(manifest.tokenList.tokens.map(({ address }) => address))
  const pooled = manifest.pools.flatMap(({ tokens }) => tokens.map((token) => getAddress(token)))
  return [...new Set(pooled)].filter((token) => token === zeroAddress || listed.has(token))
}

function findTokensIn(market: Market, kind: PoolEntry['kind']): Address[] {
  const pooled = market.manifest.pools
    .filter((pool) => pool.kind === kind)
    .flatMap(({ tokens }) => tokens.map((token) => getAddress(token)))
  return findTradableTokens(market).filter((token) => token !== zeroAddress && pooled.includes(token))
}

/** What he has of a token; of ether, what gas does not need. */
async function readCapital({ client, address }: Market, token: Address): Promise<bigint> {
  if (token !== zeroAddress) {
    return client.readContract({ address: token, abi: erc20Abi, functionName: 'balanceOf', args: [address] })
  }
  const balance = await client.getBalance({ address })
  return balance > gasReserve ? balance - gasReserve : 0n
}

/** The victim's own pending transactions that must be mined before the one to attack. */
async function readEarlier(market: Market, victim: PendingTransaction): Promise<PendingTransaction[]> {
  const { pending } = await market.request<{ pending: Record<string, unknown> }>('txpool_contentFrom', [
    victim.from,
  ])
  return Object.values(pending)
    .map(readPending)
    .filter(({ nonce }) => nonce < victim.nonce)
    .sort((a, b) => a.nonce - b.nonce)
}

interface Offer {
  readonly plan: SandwichPlan
  readonly frontRunTip: bigint
  readonly backRunTip: bigint
  readonly baseFeePerGas: bigint
}

async function chooseProfitable(
  market: Market,
  plans: readonly SandwichPlan[],
  victim: PendingTransaction,
  mode: 'bundle' | 'tips',
): Promise<Offer | undefined> {
  const [{ baseFeePerGas }, prices] = await Promise.all([market.readFees(), readPrices(market)])
  const victimTip = computeEffectiveTip(victim, baseFeePerGas)
  if (victimTip < 0n || (mode === 'tips' && victimTip === 0n)) return undefined
  const bundleTip = parseGwei('1')
  const frontRunTip = mode === 'bundle' ? bundleTip : victimTip + 1n
  const backRunTip = mode === 'bundle' ? bundleTip : victimTip - 1n
  let best: { offer: Offer; gainE8: bigint } | undefined
  for (const plan of plans) {
    const wei =
      plan.frontRunGas * (baseFeePerGas + frontRunTip) + plan.backRunGas * (baseFeePerGas + backRunTip)
    const { tokenIn } = plan.leg
    const gas = convertWei(wei, tokenIn, market.manifest, prices)
    const priced = priceOf(market.manifest, prices, tokenIn)
    if (gas === undefined || priced === undefined || plan.profit <= gas) continue
    const gainE8 = ((plan.profit - gas) * priced.usdE8) / 10n ** BigInt(priced.decimals)
    if (best === undefined || gainE8 > best.gainE8) {
      best = { offer: { plan, frontRunTip, backRunTip, baseFeePerGas }, gainE8 }
    }
  }
  return best?.offer
}

async function submit(
  market: Market,
  { plan, frontRunTip, backRunTip, baseFeePerGas }: Offer,
  victim: PendingTransaction,
  earlier: readonly PendingTransaction[],
  mode: 'bundle' | 'tips',
): Promise<{ frontRun: Hash; backRun: Hash }> {
  const { leg, frontRunIn, frontRunOut } = plan
  const nonce = await market.readNonce()
  const recipient = market.address
  // Whoever gets in between makes the front-run fail rather than buy too dear.
  const front = encodeLeg(market.manifest, leg, {
    amountIn: frontRunIn,
    minimumOut: frontRunOut,
    recipient,
  })
  const back = encodeLeg(
    market.manifest,
    { ...leg, tokenIn: leg.tokenOut, tokenOut: leg.tokenIn },
    {
      amountIn: frontRunOut,
      // In a bundle a loss undoes everything; sent openly, the position must be closed at any price.
      minimumOut: mode === 'bundle' ? frontRunIn : 0n,
      recipient,
    },
  )
  const sign = (call: { to: Address; data: Hex; value: bigint }, gas: bigint, tip: bigint, offset: number) =>
    market.sign({
      ...call,
      nonce: nonce + offset,
      gas: (gas * 3n) / 2n + 50_000n,
      maxPriorityFeePerGas: tip,
      maxFeePerGas: baseFeePerGas * 2n + tip,
    })
  const frontRaw = await sign(front, plan.frontRunGas, frontRunTip, 0)
  const backRaw = await sign(back, plan.backRunGas, backRunTip, 1)
  if (mode === 'tips') {
    const frontRun = await market.request<Hash>('eth_sendRawTransaction', [frontRaw])
    return { frontRun, backRun: await market.request<Hash>('eth_sendRawTransaction', [backRaw]) }
  }
  const victimRaws = await Promise.all(
    [...earlier, victim].map(({ hash }) => market.request<Hex>('eth_getRawTransactionByHash', [hash])),
  )
  const ownVictimRaw = victimRaws.pop()
  if (ownVictimRaw === undefined) throw new Error('the victim is gone from the mempool')
  const blockNumber = await market.client.getBlockNumber()
  await market.request('eth_sendBundle', [
    { txs: [...victimRaws, frontRaw, ownVictimRaw, backRaw], blockNumber: numberToHex(blockNumber + 1n) },
  ])
  return { frontRun: keccak256(frontRaw), backRun: keccak256(backRaw) }
}

async function settle(
  market: Market,
  victim: Hash,
  { plan, frontRun, backRun }: SubmittedAttack,
): Promise<SandwichRecord | undefined> {
  const receipts = await Promise.all(
    [frontRun, backRun].map((hash) =>
      market.request<{
        status: Hex
        blockNumber: Hex
        gasUsed: Hex
        effectiveGasPrice: Hex
        logs: { address: Address; topics: Hex[]; data: Hex }[]
      } | null>('eth_getTransactionReceipt', [hash]),
    ),
  )
  const [front, back] = receipts
  if (!front || !back || front.status !== '0x1' || back.status !== '0x1') return undefined
  const token = plan.leg.tokenIn
  const blockNumber = BigInt(front.blockNumber)
  const gasCost = [front, back].reduce((sum, { gasUsed, effectiveGasPrice }) => {
    return sum + BigInt(gasUsed) * BigInt(effectiveGasPrice)
  }, 0n)
  return {
    victim,
    frontRun,
    backRun,
    blockNumber,
    kind: plan.leg.kind,
    token,
    frontRunIn: plan.frontRunIn,
    predictedProfit: plan.profit,
    profit:
      token === zeroAddress
        ? (await readEther(market, blockNumber)) - (await readEther(market, blockNumber - 1n)) + gasCost
        : (sumTransfers([...front.logs, ...back.logs], market.address).get(token) ?? 0n),
    gasCost,
  }
}

/** Ether leaves no event: he sends nothing else in a block in which he attacks. */
const readEther = ({ client, address }: Market, blockNumber: bigint) =>
  client.getBalance({ address, blockNumber })
