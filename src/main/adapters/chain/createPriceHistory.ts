import { decodeAbiParameters } from 'viem'
import { z } from 'zod'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import type {
  BlockRef,
  PoolKey,
  PoolPrice,
  PriceHistory,
  PriceHistoryStore,
} from '../../capabilities/swaps/index.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { blockHeaderSchema, logSchema, quantitySchema, smallQuantitySchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

/** Sync(uint112,uint112) of Uniswap V2, and Swap of V3 and V4: each tells the price that it leaves. */
const topics = {
  uniswapV2: '0x1c411e9a96e071241c2f21f7726b17ae89e3cab4c78be50e062b03a9fffbbad1',
  uniswapV3: '0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67',
  uniswapV4: '0x40e9cecb9f5f1f1c5b9c97dec2917b7ee92e57ba5563708daca94dd84ad7112f',
} as const
type TellingVenue = keyof typeof topics

const eventLogSchema = logSchema.extend({
  blockNumber: quantitySchema,
  logIndex: smallQuantitySchema,
  blockTimestamp: smallQuantitySchema.nullish().catch(undefined),
})
const logsSchema = z.array(eventLogSchema).max(50_000)

/** An hour of blocks, within what nodes commonly give at once. */
const lookBackSeconds = 3_600
const fewestBlocks = 50
const mostBlocks = 900
const mostPrices = 512
const keptMs = 24 * 3_600_000

/** Follows pools' prices by their own events, and keeps them. A chain that began anew, or undid blocks, is read anew. */
export function createPriceHistory(network: RpcNetwork, store: PriceHistoryStore): PriceHistory {
  async function readOne(
    chainId: ChainId,
    { poolId, key }: { readonly poolId: string; readonly key: PoolKey },
    block: BlockRef,
    blockTimeSeconds: number,
  ): Promise<readonly PoolPrice[] | undefined> {
    if (!isTelling(key.venue)) return undefined
    const venue = key.venue
    const rpc = network.rpc(chainId)
    const blocks = Math.round(
      Math.min(mostBlocks, Math.max(fewestBlocks, lookBackSeconds / blockTimeSeconds)),
    )
    const earliest = block.number > BigInt(blocks) ? block.number - BigInt(blocks) : 0n
    const known = store.read(chainId, poolId)
    if (known?.readTo.hash === block.hash) return known.prices
    const isWithinReach = known && known.readTo.number >= earliest && known.readTo.number < block.number
    const header = async (number: bigint) =>
      rpc.request('eth_getBlockByNumber', [toBlockTag(number), false], blockHeaderSchema)
    const anchor = await header(isWithinReach ? known.readTo.number : earliest)
    const isContinued = isWithinReach && anchor.hash === known.readTo.hash
    const start = isContinued || !isWithinReach ? anchor : await header(earliest)
    const logs = await rpc.request(
      'eth_getLogs',
      [
        {
          address: key.address,
          topics: venue === 'uniswapV4' ? [topics[venue], poolId] : [topics[venue]],
          fromBlock: toBlockTag(start.number + 1n),
          toBlock: toBlockTag(block.number),
        },
      ],
      logsSchema,
    )
    const startMs = start.timestamp * 1000
    const perBlockMs = (block.timestampMs - startMs) / Math.max(1, Number(block.number - start.number))
    const byBlock = new Map<bigint, PoolPrice>()
    for (const log of [...logs].sort((a, b) => a.logIndex - b.logIndex)) {
      const logPrice = readLogPrice(venue, log.data)
      if (logPrice === undefined || log.topics[0] !== topics[venue]) continue
      // Not every node tells a log's time: between two known blocks they come at an even pace.
      const timestampMs = log.blockTimestamp
        ? log.blockTimestamp * 1000
        : Math.round(startMs + perBlockMs * Number(log.blockNumber - start.number))
      byBlock.set(log.blockNumber, { blockNumber: log.blockNumber, timestampMs, logPrice })
    }
    const fresh = [...byBlock.values()].sort((a, b) => (a.blockNumber < b.blockNumber ? -1 : 1))
    const prices = [...(isContinued ? known.prices : []), ...fresh]
      .filter(({ timestampMs }) => timestampMs > block.timestampMs - keptMs)
      .slice(-mostPrices)
    store.write(chainId, poolId, {
      readTo: { number: block.number, hash: block.hash, timestampMs: block.timestampMs },
      prices,
    })
    return prices
  }

  return {
    async readPrices({ chainId, pools, block, blockTimeSeconds }) {
      const found = await Promise.all(
        pools.map(async (pool) => {
          try {
            return [pool.poolId, await readOne(chainId, pool, block, blockTimeSeconds)] as const
          } catch (thrown) {
            // Nodes limit logs in many ways. Without a history the quote says that it has none.
            if (thrown instanceof AppError && thrown.code.startsWith('chain.'))
              return [pool.poolId, undefined] as const
            throw thrown
          }
        }),
      )
      return new Map(found.flatMap(([poolId, prices]) => (prices ? [[poolId, prices]] : [])))
    },
  }
}

function isTelling(venue: string): venue is TellingVenue {
  return venue in topics
}

/** The logarithm of the price that an event tells; `undefined` for one that is malformed or tells of an empty pool. */
function readLogPrice(venue: TellingVenue, data: `0x${string}`): number | undefined {
  try {
    if (venue === 'uniswapV2') {
      const [reserve0, reserve1] = decodeAbiParameters([{ type: 'uint112' }, { type: 'uint112' }], data)
      return reserve0 > 0n && reserve1 > 0n
        ? Math.log(Number(reserve1)) - Math.log(Number(reserve0))
        : undefined
    }
    const [, , sqrtPriceX96] = decodeAbiParameters(
      [{ type: 'int256' }, { type: 'int256' }, { type: 'uint160' }],
      data,
    )
    return sqrtPriceX96 > 0n ? 2 * (Math.log(Number(sqrtPriceX96)) - 96 * Math.LN2) : undefined
  } catch {
    return undefined
  }
}
