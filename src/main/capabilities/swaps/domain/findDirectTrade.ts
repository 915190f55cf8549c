import type { SwapVenue } from '../../../../shared/contract/swaps.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { CostPerGas, PoolQuote } from '../../router/index.ts'
import type { Market, TradeRequest } from './findTrade.ts'
import type { KeyedPool } from './PoolKey.ts'
import type { Trade, TradeLeg } from './router/TradePlan.ts'

/** A trade in one pool, through a contract of its own protocol. */
export interface DirectTrade {
  readonly kind: 'trade'
  readonly trade: Trade
  readonly gas: number
  /** In the token that is not exact. */
  readonly gasCost: bigint
}

/** Gas of the transaction beside the swap itself. */
const baseGas = 60_000
/** A vault's rate may rise by a fifth a year; within the time that a trade has, that is four millionths. */
const accrualE6 = 4n
const million = 1_000_000n

/** Venues that no Universal Router reaches. */
export function isDirect(venue: SwapVenue): boolean {
  return ['balancerStable', 'balancerWeighted', 'curve', 'erc4626'].includes(venue)
}

/** The best that one pool beyond the routers' reach would do alone. */
export function findDirectTrade(
  market: Market,
  request: TradeRequest,
  costPerGas: CostPerGas | undefined,
): DirectTrade | undefined {
  const { mode, tokenIn, tokenOut, amount, limits = {} } = request
  let best: DirectTrade | undefined
  for (const entry of market.pools.values()) {
    const { pool, key } = entry
    if (!isDirect(key.venue) || limits.excludedVenues?.some((venue) => venue === key.venue)) continue
    const [from, to] = [pool.tokens.indexOf(tokenIn), pool.tokens.indexOf(tokenOut)]
    if (from < 0 || to < 0) continue
    const quote = quoteDirect(entry, from, to, mode, amount)
    if (!quote?.complete || quote.amountOut <= 0n || quote.amountIn <= 0n) continue
    const { amountIn, amountOut } = quote
    const leg: TradeLeg = { key, poolId: pool.id, tokenIn, tokenOut, amountIn, amountOut }
    const gas = baseGas + pool.gas.swap
    const gasCost = costPerGas ? (BigInt(gas) * costPerGas.numerator) / costPerGas.denominator : 0n
    const common = { tokenIn: tokenIn as Address, tokenOut: tokenOut as Address, amountIn, amountOut }
    const trade: Trade =
      mode === 'exactIn'
        ? { mode, ...common, legs: [leg], ...(amountIn < amount ? { reserve: amount - amountIn } : {}) }
        : { mode, ...common, target: amount, paths: [{ target: amount, legs: [leg] }] }
    const isBetter =
      best === undefined ||
      (mode === 'exactIn'
        ? amountOut - gasCost > best.trade.amountOut - best.gasCost
        : amountIn + gasCost < best.trade.amountIn + best.gasCost)
    if (isBetter) best = { kind: 'trade', trade, gas, gasCost }
  }
  return best
}

function quoteDirect(
  { pool, key }: KeyedPool,
  from: number,
  to: number,
  mode: TradeRequest['mode'],
  amount: bigint,
): PoolQuote | undefined {
  switch (key.venue) {
    case 'curve': {
      // Its router hands over all but one unit of what it then holds.
      if (mode === 'exactOut') return undefined
      const quote = pool.quoteExactIn(from, to, amount)
      return { ...quote, amountOut: quote.amountOut + (key.heldByRouter?.[to] ?? 0n) - 1n }
    }
    case 'erc4626': {
      // Only shares can be bought under a limit that the contract enforces: so many for an allowance of so much.
      if (from !== 0) return undefined
      if (mode === 'exactOut') return pool.quoteExactOut(from, to, amount)
      const { amountOut } = pool.quoteExactIn(from, to, amount - (amount * accrualE6) / million)
      return pool.quoteExactOut(from, to, amountOut)
    }
    default:
      return mode === 'exactIn' ? pool.quoteExactIn(from, to, amount) : pool.quoteExactOut(from, to, amount)
  }
}
