import type { ChainFacts } from '../../capabilities/chains/chains.ports.ts'
import type { RpcPool } from './createRpcPool.ts'
import { blockHeaderSchema, bytesSchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'
import { computeHeaderHash, fullHeaderSchema } from './witness/computeHeaderHash.ts'

/** Multicall3's address on most chains (https://www.multicall3.com). */
const multicall3 = '0xcA11bde05977b3631167028862bE2a173976CA11'
/** Blocks over which the rhythm is measured. */
const measuredBlocks = 64n
const usualBlockTimeSeconds = 12

/** Asks a chain's node for what an entry in the list of chains would say. @throws AppError `chain.*` */
export async function examineChain(pool: RpcPool): Promise<ChainFacts> {
  const latest = await pool.request('eth_getBlockByNumber', ['latest', false], blockHeaderSchema)
  const back = latest.number < measuredBlocks ? latest.number : measuredBlocks
  const [earlier, code] = await Promise.all([
    pool.request('eth_getBlockByNumber', [toBlockTag(latest.number - back), false], blockHeaderSchema),
    pool.request('eth_getCode', [multicall3, 'latest'], bytesSchema),
  ])
  const perBlock = back === 0n ? 0 : (latest.timestamp - earlier.timestamp) / Number(back)
  return {
    blockTimeSeconds: perBlock > 0 ? Math.max(0.1, Math.min(perBlock, 600)) : usualBlockTimeSeconds,
    // A chain that pauses when nobody uses it cannot be told from a node that is behind.
    hasSteadyBlocks: perBlock > 0 && perBlock <= 30 && back === measuredBlocks,
    hasStandardHeaders: await hasStandardHeaders(pool),
    ...(code === '0x' ? {} : { multicall3 }),
  }
}

async function hasStandardHeaders(pool: RpcPool): Promise<boolean> {
  try {
    const header = await pool.request('eth_getBlockByNumber', ['latest', false], fullHeaderSchema)
    return computeHeaderHash(header) === header.hash
  } catch {
    return false
  }
}
