import { type Address, getAddress } from 'viem'
import type { PoolEntry } from '../manifest.ts'
import type { Market } from './connectMarket.ts'
import { stateViewAbi, v2PairAbi, v3PoolAbi } from './protocolAbis.ts'
import { type Prices, priceOf } from './readPrices.ts'
import { squareRoot } from './squareRoot.ts'
import { contractAddress } from './swapCalls.ts'

export type MarketPool = PoolEntry & { readonly kind: 'uniswapV2' | 'uniswapV3' | 'uniswapV4' }

/** A trade that moves a pool to the edge of the band that its fee leaves around the fair price. */
export interface Correction {
  readonly pool: MarketPool
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly amountIn: bigint
  /** V3 only: where the swap stops, whatever is left of the input. */
  readonly sqrtPriceLimitX96?: bigint
}

interface Band {
  /** Token1 per token0 in base units, times 2^192: above the first sell token0, below the second buy it. */
  readonly sellAbove: bigint
  readonly buyBelow: bigint
  readonly fair: bigint
  readonly keptPips: bigint
}

interface Need {
  readonly sellsToken0: boolean
  readonly amountIn: bigint
  readonly sqrtPriceLimitX96?: bigint
}

const wholePips = 1_000_000n
const unlimited = 1n << 255n

/** For each pool that is off its fair price by more than its fee, the trade that corrects it, within the balances. */
export async function findCorrections(
  market: Market,
  pools: readonly MarketPool[],
  prices: Prices,
  balances: ReadonlyMap<Address, bigint>,
): Promise<Correction[]> {
  const corrections = await Promise.all(
    pools.map(async (pool): Promise<Correction[]> => {
      const [token0, token1] = pool.tokens.map((token) => getAddress(token))
      if (token0 === undefined || token1 === undefined) return []
      const band = computeBand(market, prices, token0, token1, pool.fee ?? 3000)
      const need = band === undefined ? undefined : await readNeed(market, pool, band)
      if (need === undefined) return []
      const { sellsToken0, amountIn, ...limit } = need
      const [tokenIn, tokenOut] = sellsToken0 ? [token0, token1] : [token1, token0]
      const most = (balances.get(tokenIn) ?? 0n) / 2n
      const amount = amountIn < most ? amountIn : most
      return amount === 0n ? [] : [{ pool, tokenIn, tokenOut, amountIn: amount, ...limit }]
    }),
  )
  return corrections.flat()
}

// Selling token0 pays down to fair / (1 - fee), buying it up to fair * (1 - fee).
function computeBand(
  { manifest }: Market,
  prices: Prices,
  token0: Address,
  token1: Address,
  fee: number,
): Band | undefined {
  const priced0 = priceOf(manifest, prices, token0)
  const priced1 = priceOf(manifest, prices, token1)
  if (priced0 === undefined || priced1 === undefined) return undefined
  const fair =
    ((priced0.usdE8 * 10n ** BigInt(priced1.decimals)) << 192n) /
    (priced1.usdE8 * 10n ** BigInt(priced0.decimals))
  const keptPips = wholePips - BigInt(fee)
  return {
    fair,
    keptPips,
    sellAbove: (fair * wholePips) / keptPips,
    buyBelow: (fair * keptPips) / wholePips,
  }
}

async function readNeed(market: Market, pool: MarketPool, band: Band): Promise<Need | undefined> {
  switch (pool.kind) {
    case 'uniswapV2':
      return readV2Need(market, pool, band)
    case 'uniswapV3':
      return readV3Need(market, pool, band)
    case 'uniswapV4':
      return readV4Need(market, pool, band)
  }
}

/** The input after which the marginal price, fee included, is fair: (sqrt(kept * x * y / price) - x) / kept. */
async function readV2Need(
  { client }: Market,
  { address }: MarketPool,
  { fair, keptPips }: Band,
): Promise<Need | undefined> {
  if (address === undefined) return undefined
  const [reserve0, reserve1] = await client.readContract({
    address,
    abi: v2PairAbi,
    functionName: 'getReserves',
  })
  const product = (reserve0 * reserve1 * keptPips) / wholePips
  const target0 = squareRoot((product << 192n) / fair)
  const target1 = squareRoot((product * fair) >> 192n)
  const untaxed = (amount: bigint) => (amount * wholePips) / keptPips
  if (target0 > reserve0) return { sellsToken0: true, amountIn: untaxed(target0 - reserve0) }
  if (target1 > reserve1) return { sellsToken0: false, amountIn: untaxed(target1 - reserve1) }
  return undefined
}

async function readV3Need(
  { client }: Market,
  { address }: MarketPool,
  { sellAbove, buyBelow }: Band,
): Promise<Need | undefined> {
  if (address === undefined) return undefined
  const [sqrtPrice] = await client.readContract({ address, abi: v3PoolAbi, functionName: 'slot0' })
  const price = sqrtPrice * sqrtPrice
  if (price > sellAbove) {
    return { sellsToken0: true, amountIn: unlimited, sqrtPriceLimitX96: squareRoot(sellAbove) }
  }
  if (price < buyBelow) {
    return { sellsToken0: false, amountIn: unlimited, sqrtPriceLimitX96: squareRoot(buyBelow) }
  }
  return undefined
}

// V4's router has no price limit: the amount is that of the liquidity in range, exact until a tick is crossed.
async function readV4Need(
  { client, manifest }: Market,
  { poolId }: MarketPool,
  { sellAbove, buyBelow, keptPips }: Band,
): Promise<Need | undefined> {
  if (poolId === undefined) return undefined
  const stateView = { address: contractAddress(manifest, 'uniswapV4StateView'), abi: stateViewAbi }
  const [[sqrtPrice], liquidity] = await Promise.all([
    client.readContract({ ...stateView, functionName: 'getSlot0', args: [poolId] }),
    client.readContract({ ...stateView, functionName: 'getLiquidity', args: [poolId] }),
  ])
  const price = sqrtPrice * sqrtPrice
  if (price > sellAbove) {
    const target = squareRoot(sellAbove)
    const amount0 = ((liquidity << 96n) * (sqrtPrice - target)) / (sqrtPrice * target)
    return { sellsToken0: true, amountIn: (amount0 * wholePips) / keptPips }
  }
  if (price < buyBelow) {
    const amount1 = (liquidity * (squareRoot(buyBelow) - sqrtPrice)) >> 96n
    return { sellsToken0: false, amountIn: (amount1 * wholePips) / keptPips }
  }
  return undefined
}
