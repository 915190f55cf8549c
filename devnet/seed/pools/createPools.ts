import type { Address } from 'viem'
import type { SeedingChain } from '../../deploy/seedingChain.ts'
import type { PoolEntry } from '../../manifest.ts'
import type { Building } from '../deployBuilding.ts'
import type { TokenAddresses } from '../deployTokens.ts'
import type { LiquidityProvider } from '../liquidityProvider.ts'
import { createStablePool } from './createStablePool.ts'
import { createV2Pool } from './createV2Pool.ts'
import { createV3Pool } from './createV3Pool.ts'
import { createV4Pool } from './createV4Pool.ts'
import { planPositions } from './planPositions.ts'
import { poolAmounts } from './poolAmounts.ts'
import { PAIR_POOLS, type PairPoolDefinition, STABLE_POOLS, TICK_SPACING } from './poolCatalogue.ts'

/** Creates every pool of the catalogue, in its order. */
export async function createPools(
  chain: SeedingChain,
  provider: LiquidityProvider,
  tokens: TokenAddresses,
  building: Building,
): Promise<PoolEntry[]> {
  const admit = async (token: string, pair: Address) => {
    if (token === 'TOWER7') await building.verify(pair)
  }
  const create = (pool: PairPoolDefinition): Promise<PoolEntry> => {
    const amounts = poolAmounts(pool, tokens)
    if (pool.kind === 'uniswapV2') {
      return createV2Pool(chain, provider, amounts, (pair) => admit(pool.base, pair))
    }
    const tickSpacing = TICK_SPACING[pool.fee]
    if (tickSpacing === undefined) throw new Error(`no tick spacing for fee ${pool.fee}`)
    const positions = planPositions(amounts.sqrtPriceX96, tickSpacing, pool.shape ?? 'volatile')
    return pool.kind === 'uniswapV3'
      ? createV3Pool(chain, provider, amounts, pool.fee, tickSpacing, positions)
      : createV4Pool(provider, amounts, pool.fee, tickSpacing, positions)
  }
  const entries: PoolEntry[] = []
  for (const pool of PAIR_POOLS) {
    const entry = await create(pool)
    entries.push(pool.note === undefined ? entry : { ...entry, note: pool.note })
  }
  for (const pool of STABLE_POOLS) entries.push(await createStablePool(chain, provider, tokens, pool))
  return entries
}
