import { ConcentratedPool } from './concentrated/ConcentratedPool.ts'
import { type TickLiquidity, TickTable } from './concentrated/TickTable.ts'
import type { Pool, PoolGas, TokenId } from './Pool.ts'

/** State of a Uniswap V4 pool without hooks; the zero address among its tokens is the chain's own coin. */
export interface UniswapV4State {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly [TokenId, TokenId]
  /** The liquidity providers' fee in hundredths of a basis point. */
  readonly lpFeePips: number
  /** The protocol's fee for selling token 0 and token 1, in hundredths of a basis point; none on most pools. */
  readonly protocolFeePips?: readonly [number, number]
  readonly tickSpacing: number
  readonly sqrtPriceX96: bigint
  readonly tick: number
  readonly liquidity: bigint
  /** In rising order. */
  readonly ticks: readonly TickLiquidity[]
  /** Where the knowledge of ticks ends, and so the pool; absent at the end of all prices. */
  readonly lowEnd?: number
  readonly highEnd?: number
  readonly gas?: PoolGas
}

const GAS: PoolGas = { swap: 110_000, perTick: 20_000 }
const PIPS = 1_000_000n

/** A hookless Uniswap V4 pool: the v3 swap loop, whose roundings v4's Pool.swap keeps. */
export function createUniswapV4Pool(state: UniswapV4State): Pool {
  const table = new TickTable(state.ticks)
  const identity = { id: state.id, venue: state.venue, tokens: state.tokens, gas: state.gas ?? GAS }
  const [fee0, fee1] = state.protocolFeePips ?? [0, 0]
  const selling0 = new ConcentratedPool(identity, {
    ...state,
    feePips: swapFee(fee0, state.lpFeePips),
    table,
  })
  if (fee0 === fee1) return selling0
  const selling1 = new ConcentratedPool(identity, {
    ...state,
    feePips: swapFee(fee1, state.lpFeePips),
    table,
  })
  return new DirectionalPool(state, selling0, selling1)
}

/** ProtocolFeeLibrary.calculateSwapFee: the protocol's part is taken first, rounding up the sum. */
function swapFee(protocolFee: number, lpFee: number): bigint {
  const protocol = BigInt(protocolFee)
  const provider = BigInt(lpFee)
  return protocol + provider - (protocol * provider) / PIPS
}

/** A pool whose protocol fee depends on the direction: each direction quotes with its own. */
class DirectionalPool implements Pool {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly [TokenId, TokenId]
  readonly proof = 'onChain'
  readonly parity = false
  readonly gas: PoolGas
  readonly #identity: UniswapV4State
  readonly #selling: readonly [ConcentratedPool, ConcentratedPool]

  constructor(identity: UniswapV4State, selling0: ConcentratedPool, selling1: ConcentratedPool) {
    this.id = selling0.id
    this.venue = selling0.venue
    this.tokens = selling0.tokens
    this.gas = selling0.gas
    this.#identity = identity
    this.#selling = [selling0, selling1]
  }

  quoteExactIn(tokenIn: number, tokenOut: number, amountIn: bigint) {
    return this.#for(tokenIn).quoteExactIn(tokenIn, tokenOut, amountIn)
  }

  quoteExactOut(tokenIn: number, tokenOut: number, amountOut: bigint) {
    return this.#for(tokenIn).quoteExactOut(tokenIn, tokenOut, amountOut)
  }

  curve(tokenIn: number) {
    return this.#for(tokenIn).curve(tokenIn)
  }

  afterSwap(tokenIn: number, tokenOut: number, amountIn: bigint): Pool {
    const after = this.#for(tokenIn).afterSwap(tokenIn, tokenOut, amountIn)
    if (!(after instanceof ConcentratedPool)) return this
    const { sqrtPriceX96, tick, liquidity, table } = after.state
    const ticks = Array.from(table.ticks, (at, index) => ({ tick: at, liquidityNet: table.netAt(index) }))
    return createUniswapV4Pool({ ...this.#identity, sqrtPriceX96, tick, liquidity, ticks })
  }

  #for(tokenIn: number): ConcentratedPool {
    return this.#selling[tokenIn === 0 ? 0 : 1]
  }
}
