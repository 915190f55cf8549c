import { createLinearCurve } from './createLinearCurve.ts'
import { type Pool, type PoolQuote, REFUSED, type TokenId } from './Pool.ts'

/** Wraps and unwraps the chain's own coin one to one (WETH9). */
export function createWethWrapPool(wrapped: TokenId, native: TokenId): Pool {
  const quote = (amount: bigint): PoolQuote =>
    amount > 0n ? { amountIn: amount, amountOut: amount, complete: true, ticksCrossed: 0 } : REFUSED
  const pool: Pool = {
    id: wrapped,
    venue: 'weth',
    tokens: [native, wrapped],
    proof: 'onChain',
    parity: true,
    gas: { swap: 30_000, perTick: 0 },
    quoteExactIn: (_tokenIn, _tokenOut, amountIn) => quote(amountIn),
    quoteExactOut: (_tokenIn, _tokenOut, amountOut) => quote(amountOut),
    afterSwap: () => pool,
    curve: () => createLinearCurve(1, 2 ** 112),
  }
  return pool
}
