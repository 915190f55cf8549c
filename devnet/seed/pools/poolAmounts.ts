import { type Address, zeroAddress } from 'viem'
import { addressOf, type TokenAddresses } from '../deployTokens.ts'
import { tokenDefinition, unitsWorth } from '../tokenCatalogue.ts'
import type { PairPoolDefinition } from './poolCatalogue.ts'
import { sqrtPriceX96Of } from './priceMath.ts'

/** The two sides of a pool in the protocol's order (token0 has the lower address), with the units that open it. */
export interface PoolAmounts {
  token0: Address
  token1: Address
  amount0: bigint
  amount1: bigint
  sqrtPriceX96: bigint
}

const BPS = 10_000n

/** The pool's sides in worth of `depthUsd` each, at the fair price moved by the deliberate deviation. */
export function poolAmounts(pool: PairPoolDefinition, tokens: TokenAddresses): PoolAmounts {
  const side = (key: string) => {
    const native = key === 'ETH' && pool.kind === 'uniswapV4'
    const definitionKey = native ? 'WETH' : key
    const token: Address = native ? zeroAddress : addressOf(tokens, key)
    return { token, amount: unitsWorth(tokenDefinition(definitionKey).key, pool.depthUsd) }
  }
  const base = side(pool.base)
  const quote = side(pool.quote)
  // A dearer base means that more of the quote stands against it.
  quote.amount = (quote.amount * (BPS + (pool.deviationBps ?? 0n))) / BPS
  const [first, second] = base.token.toLowerCase() < quote.token.toLowerCase() ? [base, quote] : [quote, base]
  return {
    token0: first.token,
    token1: second.token,
    amount0: first.amount,
    amount1: second.amount,
    sqrtPriceX96: sqrtPriceX96Of(first.amount, second.amount),
  }
}
