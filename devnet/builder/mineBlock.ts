import { type Address, type Hash, type Hex, numberToHex } from 'viem'
import { arrangeBlock, type PlacedTransaction } from './arrangeBlock.ts'
import type { Bundle } from './BundlePool.ts'
import type { NodeConnection } from './connectNode.ts'
import { computeEffectiveTip, type PoolTransaction } from './decodeTransaction.ts'
import { RpcError, rpcErrorCode } from './RpcError.ts'

/** What may go into the next block. */
export interface BlockContents {
  readonly bundles: readonly Bundle[]
  readonly privateTransactions: readonly PoolTransaction[]
  readonly publicTransactions: readonly PoolTransaction[]
}

/** A block that stands, and what became of everything offered for it. */
export interface MinedBlock {
  readonly number: bigint
  readonly hash: Hash
  readonly included: readonly Hash[]
  /** Bundles and private transactions left out, by hash, with the reason. */
  readonly excluded: ReadonlyMap<Hash, string>
  /** Public transactions that the node would not take, by hash, with its reason. */
  readonly refused: ReadonlyMap<Hash, string>
}

interface NextBlock {
  readonly timestamp: bigint
  readonly baseFeePerGas: bigint
  readonly gasLimit: bigint
}

interface RpcReceipt {
  readonly transactionHash: Hash
  readonly status: Hex
  readonly gasUsed: Hex
}

interface Attempt {
  readonly number: bigint
  readonly hash: Hash
  readonly receipts: readonly RpcReceipt[]
  readonly refused: ReadonlyMap<Hash, string>
}

/**
 * Mines the next block on a node that runs with `--no-mining --order fifo`. A block is mined for real, then looked at:
 * if a private transaction or a bundle did not run as promised, the block is undone and mined again without it. The
 * caller must keep all other readers away meanwhile.
 */
export async function mineBlock(node: NodeConnection, offered: BlockContents): Promise<MinedBlock> {
  // Transactions given to the node directly, as tests do with impersonated accounts, would be lost by an undone block.
  const { pending } = await node.request<{ pending: Hex }>('txpool_status')
  const contents: BlockContents =
    BigInt(pending) > 0n ? { ...offered, bundles: [], privateTransactions: [] } : offered
  const next = await readNextBlock(node)
  const nonces = await readNonces(node, contents)
  const excluded = new Map<Hash, string>()
  const arrange = (bundles: readonly Bundle[], rest: Omit<BlockContents, 'bundles'>) =>
    arrangeBlock({
      ...rest,
      ...next,
      bundles,
      nonces,
      excluded: new Set(excluded.keys()),
    })

  const valuedBundles = await rankBundles(node, next, contents.bundles, (bundle) =>
    arrange([bundle], { privateTransactions: [], publicTransactions: [] }),
  )
  for (;;) {
    const placed = arrange(valuedBundles, contents)
    const placedConditions = new Set(placed.map(({ condition }) => condition))
    const conditional = placed.some(({ condition }) => condition !== undefined)
    const snapshot = conditional ? await node.request<Hex>('evm_snapshot') : undefined
    const attempt = await attemptBlock(node, next, placed)
    const broken = findBrokenPromise(placed, attempt)
    if (broken === undefined) {
      for (const bundle of contents.bundles) {
        if (!placedConditions.has(bundle.hash) && !excluded.has(bundle.hash)) {
          excluded.set(bundle.hash, 'it does not fit: a nonce, a fee cap or the gas limit is in the way')
        }
      }
      return {
        number: attempt.number,
        hash: attempt.hash,
        included: attempt.receipts.map((receipt) => receipt.transactionHash),
        excluded,
        refused: attempt.refused,
      }
    }
    excluded.set(broken.condition, broken.reason)
    await node.request('evm_revert', [snapshot])
  }
}

async function readNextBlock(node: NodeConnection): Promise<NextBlock> {
  const [latest, pending] = await Promise.all([
    node.request<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]),
    node.request<{ timestamp: Hex; baseFeePerGas: Hex; gasLimit: Hex }>('eth_getBlockByNumber', [
      'pending',
      false,
    ]),
  ])
  // Anvil repeats a timestamp within a second; on a real chain time moves on with each block.
  const earliest = BigInt(latest.timestamp) + 1n
  const now = BigInt(pending.timestamp)
  return {
    timestamp: now > earliest ? now : earliest,
    baseFeePerGas: BigInt(pending.baseFeePerGas),
    gasLimit: BigInt(pending.gasLimit),
  }
}

async function readNonces(node: NodeConnection, contents: BlockContents): Promise<Map<Address, number>> {
  const senders = new Set(
    [
      ...contents.bundles.flatMap((bundle) => bundle.transactions),
      ...contents.privateTransactions,
      ...contents.publicTransactions,
    ].map((transaction) => transaction.from),
  )
  const entries = await Promise.all(
    [...senders].map(async (sender) => {
      const nonce = await node.request<Hex>('eth_getTransactionCount', [sender, 'latest'])
      return [sender, Number(nonce)] as const
    }),
  )
  return new Map(entries)
}

async function attemptBlock(
  node: NodeConnection,
  next: NextBlock,
  placed: readonly PlacedTransaction[],
): Promise<Attempt> {
  try {
    return await pushAndMine(node, next, placed)
  } catch (error) {
    // A private transaction must not stay in the node's pool, from where anybody's block would take it.
    await node.request('anvil_dropAllTransactions').catch(() => undefined)
    throw error
  }
}

async function pushAndMine(
  node: NodeConnection,
  next: NextBlock,
  placed: readonly PlacedTransaction[],
): Promise<Attempt> {
  const refused = new Map<Hash, string>()
  const blockedSenders = new Set<Address>()
  for (const { transaction } of placed) {
    if (blockedSenders.has(transaction.from)) {
      refused.set(transaction.hash, 'an earlier transaction of the same sender was refused')
      continue
    }
    try {
      await node.request('eth_sendRawTransaction', [transaction.raw])
    } catch (error) {
      if (!(error instanceof RpcError) || error.code === rpcErrorCode.resourceUnavailable) throw error
      refused.set(transaction.hash, error.message)
      blockedSenders.add(transaction.from)
    }
  }
  await node.request('evm_setNextBlockTimestamp', [numberToHex(next.timestamp)])
  await node.request('evm_mine')
  const block = await node.request<{ number: Hex; hash: Hash; transactions: Hash[] }>(
    'eth_getBlockByNumber',
    ['latest', false],
  )
  const receipts =
    block.transactions.length === 0
      ? []
      : await node.request<RpcReceipt[]>('eth_getBlockReceipts', [block.number])
  const included = new Set(block.transactions)
  const leftOver = placed.filter(({ transaction: { hash } }) => !included.has(hash) && !refused.has(hash))
  for (const { transaction } of leftOver) {
    refused.set(transaction.hash, 'it could not run at its place in the block')
  }
  if (leftOver.length > 0) {
    // What the node took but did not mine would otherwise show up in its pool, or in a later block.
    await node.request('anvil_dropAllTransactions')
  }
  return { number: BigInt(block.number), hash: block.hash, receipts, refused }
}

function findBrokenPromise(
  placed: readonly PlacedTransaction[],
  attempt: Attempt,
): { condition: Hash; reason: string } | undefined {
  const positions = new Map(attempt.receipts.map((receipt, index) => [receipt.transactionHash, index]))
  for (const [index, { transaction, condition, mayRevert }] of placed.entries()) {
    if (condition === undefined) continue
    const position = positions.get(transaction.hash)
    if (position === undefined) {
      return { condition, reason: attempt.refused.get(transaction.hash) ?? 'it was not included' }
    }
    const reverted = attempt.receipts[position]?.status !== '0x1'
    if (reverted && mayRevert !== true) return { condition, reason: 'execution reverted' }
    const before = placed[index - 1]
    if (before?.condition === condition && positions.get(before.transaction.hash) !== position - 1) {
      return { condition, reason: 'its transactions would not stand next to each other' }
    }
  }
  return undefined
}

/** Orders bundles by what each pays in tips, in wei, when it runs alone on top of the newest block. */
async function rankBundles(
  node: NodeConnection,
  next: NextBlock,
  bundles: readonly Bundle[],
  arrangeAlone: (bundle: Bundle) => PlacedTransaction[],
): Promise<readonly Bundle[]> {
  if (bundles.length < 2) return bundles
  const valued: { bundle: Bundle; tips: bigint }[] = []
  for (const bundle of bundles) {
    const snapshot = await node.request<Hex>('evm_snapshot')
    const { receipts } = await attemptBlock(node, next, arrangeAlone(bundle))
    await node.request('evm_revert', [snapshot])
    const gasUsed = new Map(receipts.map((receipt) => [receipt.transactionHash, BigInt(receipt.gasUsed)]))
    const tips = bundle.transactions.reduce(
      (sum, transaction) =>
        sum + computeEffectiveTip(transaction, next.baseFeePerGas) * (gasUsed.get(transaction.hash) ?? 0n),
      0n,
    )
    valued.push({ bundle, tips })
  }
  return valued.sort((a, b) => (a.tips === b.tips ? 0 : a.tips > b.tips ? -1 : 1)).map(({ bundle }) => bundle)
}
