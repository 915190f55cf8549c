import type { Pool, TokenId } from '../../../router/index.ts'
import { type ExposedLeg, type ExposedTrade, legsOf } from './ExposedTrade.ts'

/** A leg with names replaced by places, so that thousands of hypothetical runs look nothing up. */
export interface CompiledLeg {
  /** Index of its pool among the trade's pools. */
  readonly pool: number
  /** Indices of the tokens within the pool. */
  readonly inIndex: number
  readonly outIndex: number
  /** Indices of the tokens within the trade. */
  readonly from: number
  readonly to: number
  readonly amountIn: bigint
  readonly amountOut: bigint
  /** Whether it takes all that is there of its token, whatever that has become. */
  readonly takesAll: boolean
  /** Whether a later leg meets the state that this one leaves. */
  readonly poolReturns: boolean
  /** What one unit of its input is worth in the token sold, at the trade's own rates. */
  readonly worth: { readonly numerator: bigint; readonly denominator: bigint }
}

export interface CompiledTrade {
  readonly trade: ExposedTrade
  readonly pools: readonly Pool[]
  readonly legs: readonly CompiledLeg[]
  /** For a purchase: the indices of the legs of each way. */
  readonly ways: readonly (readonly number[])[]
  readonly tokens: number
  readonly source: number
  readonly sink: number
}

/** @throws RangeError for a leg whose pool does not hold its tokens. */
export function compileTrade(trade: ExposedTrade): CompiledTrade {
  const legs = legsOf(trade)
  const pools: Pool[] = []
  const poolIndex = new Map<string, number>()
  for (const { pool } of legs) {
    if (poolIndex.has(pool.id)) continue
    poolIndex.set(pool.id, pools.length)
    pools.push(pool)
  }
  const tokens: TokenId[] = []
  const tokenIndex = (token: TokenId): number => {
    const known = tokens.indexOf(token)
    return known >= 0 ? known : tokens.push(token) - 1
  }
  const source = tokenIndex(trade.tokenIn)
  const sink = tokenIndex(trade.tokenOut)
  const worths = worthOfInputs(trade)
  return {
    trade,
    pools,
    source,
    sink,
    legs: legs.map((leg, at) => ({
      pool: poolIndex.get(leg.pool.id) ?? 0,
      inIndex: indexIn(leg.pool, leg.tokenIn),
      outIndex: indexIn(leg.pool, leg.tokenOut),
      from: tokenIndex(leg.tokenIn),
      to: tokenIndex(leg.tokenOut),
      amountIn: leg.amountIn,
      amountOut: leg.amountOut,
      takesAll:
        leg.tokenIn !== trade.tokenIn && !legs.slice(at + 1).some(({ tokenIn }) => tokenIn === leg.tokenIn),
      poolReturns: legs.slice(at + 1).some(({ pool }) => pool.id === leg.pool.id),
      worth: worths[at] ?? { numerator: 0n, denominator: 1n },
    })),
    ways: trade.mode === 'exactIn' ? [] : waysOf(trade.paths),
    tokens: tokens.length,
  }
}

function indexIn(pool: Pool, token: TokenId): number {
  const index = pool.tokens.indexOf(token)
  if (index < 0) throw new RangeError(`Pool ${pool.id} does not hold ${token}`)
  return index
}

function waysOf(paths: readonly (readonly ExposedLeg[])[]): number[][] {
  let next = 0
  return paths.map((path) => path.map(() => next++))
}

/** The value of what was sold flows through the legs; fees and impact make the tokens on the way dearer, never cheaper. */
function worthOfInputs(trade: ExposedTrade): { numerator: bigint; denominator: bigint }[] {
  if (trade.mode === 'exactOut') {
    return trade.paths.flatMap((path) =>
      path.map(({ amountIn }) => ({ numerator: path[0]?.amountIn ?? 0n, denominator: amountIn })),
    )
  }
  const arrived = new Map([[trade.tokenIn, { value: trade.amountIn, amount: trade.amountIn }]])
  return trade.legs.map(({ tokenIn, tokenOut, amountIn, amountOut }) => {
    const input = arrived.get(tokenIn) ?? { value: 0n, amount: 1n }
    if (tokenOut !== trade.tokenIn) {
      const output = arrived.get(tokenOut) ?? { value: 0n, amount: 0n }
      arrived.set(tokenOut, {
        value: output.value + (amountIn * input.value) / input.amount,
        amount: output.amount + amountOut,
      })
    }
    return { numerator: input.value, denominator: input.amount }
  })
}
