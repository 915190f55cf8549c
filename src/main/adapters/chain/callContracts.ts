import type { Address } from 'viem'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { RpcPool } from './createRpcPool.ts'
import { type CallResult, type ContractCall, decodeAggregate3, encodeAggregate3 } from './multicall3.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { bytesSchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

/** A chain's nodes, or one of them. */
export type Asked = Pick<RpcPool, 'request'>

/** Calls in one aggregate: small enough for the gas and size limits of public nodes. */
const chunkSize = 300
/** Requests under way at once where the chain has no Multicall3. */
const singleCallsAtOnce = 8

/**
 * Executes read-only calls at one block; one result per call in order, `undefined` where the call failed.
 *
 * A contract that burns all gas or returns megabytes makes a whole aggregate fail: the aggregate is then halved until only that contract's own call fails.
 *
 * @throws AppError `chain.*` when the node does not answer at all.
 */
export async function callContracts(
  rpc: Asked,
  multicall3: Address | undefined,
  calls: readonly ContractCall[],
  block: bigint | 'latest' | 'pending',
): Promise<CallResult[]> {
  const tag = toBlockTag(block)
  const results: CallResult[] = []
  const size = multicall3 ? chunkSize : singleCallsAtOnce
  for (let start = 0; start < calls.length; start += size) {
    const chunk = calls.slice(start, start + size)
    const answers = multicall3
      ? await aggregate(rpc, multicall3, chunk, tag)
      : await Promise.all(chunk.map((call) => callOne(rpc, call, tag)))
    for (const answer of answers) results.push(answer)
  }
  return results
}

async function aggregate(
  rpc: Asked,
  multicall3: Address,
  calls: readonly ContractCall[],
  tag: string,
): Promise<CallResult[]> {
  try {
    const call = [{ to: multicall3, data: encodeAggregate3(calls) }, tag]
    return decodeAggregate3(await rpc.request('eth_call', call, bytesSchema), calls.length)
  } catch (thrown) {
    if (thrown instanceof AppError && !isOfTheCall(thrown)) throw thrown
    const [only] = calls
    if (only && calls.length === 1) return [await callOne(rpc, only, tag)]
    const middle = calls.length >> 1
    return [
      ...(await aggregate(rpc, multicall3, calls.slice(0, middle), tag)),
      ...(await aggregate(rpc, multicall3, calls.slice(middle), tag)),
    ]
  }
}

async function callOne(rpc: Asked, call: ContractCall, tag: string): Promise<CallResult> {
  try {
    return await rpc.request('eth_call', [{ to: call.to, data: call.data }, tag], bytesSchema)
  } catch (thrown) {
    if (thrown instanceof AppError && !isOfTheCall(thrown)) throw thrown
    return undefined
  }
}

/** Whether the failure may lie in what was called rather than in the node. */
function isOfTheCall(error: AppError): boolean {
  if (error instanceof NodeRefusedError)
    return error.isRevert || /gas|timeout|too large|size/i.test(error.reason)
  return error.code === 'chain.unreachable' && error.params.reason === 'tooLarge'
}
