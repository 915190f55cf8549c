import { z } from 'zod'
import type { RpcPool } from './createRpcPool.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { NodeUnreachableError } from './NodeUnreachableError.ts'
import { hash32Schema, logSchema, quantitySchema, smallQuantitySchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

const foundLogSchema = logSchema.extend({
  blockNumber: quantitySchema,
  transactionHash: hash32Schema,
  logIndex: smallQuantitySchema,
})
const foundLogsSchema = z.array(foundLogSchema).max(50_000)
export type FoundLog = z.output<typeof foundLogSchema>

export interface LogFilter {
  readonly address?: string | readonly string[]
  readonly topics: readonly (string | readonly string[] | null)[]
}

/** What most public nodes give at once; some give more, some less. */
const firstSpan = 10_000n
const longestSpan = 200_000n

/**
 * Logs of a range of blocks, both ends counted in, in the chain's order, asked for in spans: shorter ones where a node refuses, longer ones where it does not.
 *
 * @throws AppError `chain.*`, also where a node refuses the logs of a single block.
 */
export async function readLogsInSpans(
  rpc: RpcPool,
  filters: readonly LogFilter[],
  fromBlock: bigint,
  toBlock: bigint,
): Promise<FoundLog[]> {
  const found = new Map<string, FoundLog>()
  let span = firstSpan
  let from = fromBlock
  while (from <= toBlock) {
    const to = from + span - 1n < toBlock ? from + span - 1n : toBlock
    try {
      const answers = await Promise.all(
        filters.map((filter) =>
          rpc.request(
            'eth_getLogs',
            [{ ...filter, fromBlock: toBlockTag(from), toBlock: toBlockTag(to) }],
            foundLogsSchema,
          ),
        ),
      )
      for (const log of answers.flat()) found.set(`${log.transactionHash}:${log.logIndex}`, log)
      from = to + 1n
      span = span * 2n < longestSpan ? span * 2n : longestSpan
    } catch (thrown) {
      if (from === to || !mayFitSmaller(thrown)) throw thrown
      span = (to - from + 1n) / 4n
      if (span < 1n) span = 1n
    }
  }
  return [...found.values()].sort((a, b) =>
    a.blockNumber === b.blockNumber ? a.logIndex - b.logIndex : a.blockNumber < b.blockNumber ? -1 : 1,
  )
}

/** Nodes say in many ways that a range is too long or holds too much. */
function mayFitSmaller(thrown: unknown): boolean {
  if (thrown instanceof NodeRefusedError) return !thrown.isMethodMissing && !thrown.isRateLimit
  return thrown instanceof NodeUnreachableError && thrown.reason === 'tooLarge'
}
