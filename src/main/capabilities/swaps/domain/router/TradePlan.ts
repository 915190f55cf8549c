import type { Address } from '../../../../../shared/identity/identity.ts'
import type { PoolKey } from '../PoolKey.ts'

/** One swap to be carried out. Tokens are addresses, the coin being the zero address. */
export interface TradeLeg {
  readonly key: PoolKey
  readonly poolId: string
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly amountIn: bigint
  readonly amountOut: bigint
}

/**
 * A trade for an exact input: legs in the order in which they run, every token's legs in before its legs out. Conversions of
 * the coin are legs of the venue `weth`.
 */
export interface ExactInTrade {
  readonly mode: 'exactIn'
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly amountIn: bigint
  readonly amountOut: bigint
  /** What a vault may take on top, should its rate have risen until then; together with `amountIn` what was to be sold. */
  readonly reserve?: bigint
  readonly legs: readonly TradeLeg[]
}

/** A trade for an exact output: ways that do not share a pool, each within one venue, each making its own part of the output. */
export interface ExactOutTrade {
  readonly mode: 'exactOut'
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly amountIn: bigint
  /** What comes out: a pair of Uniswap V2 gives what its rounded input is worth, which can be a little more than was asked for. */
  readonly amountOut: bigint
  /** What was asked for. */
  readonly target: bigint
  readonly paths: readonly ExactOutPath[]
}

export interface ExactOutPath {
  /** This way's part of what was asked for. */
  readonly target: bigint
  readonly legs: readonly TradeLeg[]
}

export type Trade = ExactInTrade | ExactOutTrade

/** Every leg of a trade, in the order in which they run. */
export function legsOf(trade: Trade): readonly TradeLeg[] {
  return trade.mode === 'exactIn' ? trade.legs : trade.paths.flatMap(({ legs }) => legs)
}
