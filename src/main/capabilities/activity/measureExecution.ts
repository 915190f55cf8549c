import type { TradeExecution } from '../../../shared/contract/activity.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { decodeSwapLogs, findSandwiches } from '../mev/index.ts'
import type { ActivityRecord, BlockReader, MinedTransaction } from './activity.ports.ts'

/** More earlier trades in the same pools than this are not run again: no honest block holds so many. */
const mostReplayed = 64

/**
 * What became of a trade in its block: its place, what the same transaction would have given before anybody else in the block, and
 * whether it was sandwiched. What an attack took is found by running the block's trades again without the front-run.
 *
 * @param sharedContracts routers and vaults that strangers use as well.
 * @returns undefined where the block does not hold the transaction.
 * @throws AppError `chain.*`
 */
export async function measureExecution(
  reader: BlockReader,
  { activity }: ActivityRecord,
  blockNumber: bigint,
  sharedContracts: readonly Address[],
): Promise<TradeExecution | undefined> {
  const { chainId, transactionHash, from, token, swap } = activity
  if (!swap) return undefined
  const transactions = await reader.readTransactions(chainId, blockNumber)
  const position = transactions.findIndex(({ hash }) => hash === transactionHash)
  const own = transactions[position]
  if (!own) return undefined
  const swaps = decodeSwapLogs(await reader.readSwapLogs(chainId, blockNumber), transactions)
  const pools = new Set(
    swaps.filter((each) => each.transactionHash === transactionHash).map(({ poolId }) => poolId),
  )
  const earlier = transactions.slice(0, position)
  // Allowances that the trade needs come from the same account, just before it.
  const preparations = earlier.filter((each) => isSameAddress(each.from, from))
  const run = (calls: readonly MinedTransaction[]) =>
    replay(reader, chainId, blockNumber - 1n, [...calls, own], from, [
      swap.buy.ref.address,
      token.ref.address,
    ])
  const atBlockStart = await run(preparations)
  const [sandwich] = findSandwiches(transactionHash, swaps, sharedContracts)
  const execution = {
    position,
    transactionsInBlock: transactions.length,
    ...(atBlockStart ? { atBlockStart } : {}),
  }
  if (!sandwich) return execution
  const [first] = sandwich.frontRun
  const [last] = sandwich.backRun
  if (!first || !last) return execution
  const isFrontRun = ({ hash }: MinedTransaction) =>
    sandwich.frontRun.some((each) => each.transactionHash === hash)
  const related = earlier.filter(
    (each) =>
      preparations.includes(each) ||
      (!isFrontRun(each) && swaps.some((one) => one.transactionHash === each.hash && pools.has(one.poolId))),
  )
  const fair = related.length <= mostReplayed ? await run(related) : undefined
  const isPurchase = activity.swap?.costs?.exact === 'buy'
  const loss =
    fair === undefined
      ? undefined
      : isPurchase
        ? (swap.sold ?? 0n) - fair.sold
        : fair.bought - (swap.bought ?? fair.bought)
  return {
    ...execution,
    sandwich: {
      evidence: sandwich.evidence,
      attacker: first.sender,
      frontRun: first.transactionHash,
      backRun: last.transactionHash,
      ...(loss === undefined ? {} : { loss: baseUnits(loss > 0n ? loss : 0n) }),
    },
  }
}

async function replay(
  reader: BlockReader,
  chainId: ChainId,
  block: bigint,
  calls: readonly MinedTransaction[],
  account: Address,
  [buy, sell]: readonly [Address | 'native', Address | 'native'],
): Promise<TradeExecution['atBlockStart']> {
  const moved = await reader.replay(chainId, block, calls, account, [buy, sell])
  const [bought, sold] = moved ?? []
  if (bought === undefined || sold === undefined || bought < 0n || sold > 0n) return undefined
  return { bought: baseUnits(bought), sold: baseUnits(-sold) }
}
