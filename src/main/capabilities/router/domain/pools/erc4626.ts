import { createLinearCurve } from './createLinearCurve.ts'
import { type Pool, type PoolGas, type PoolQuote, REFUSED, type TokenId } from './Pool.ts'
import type { SwapCurve } from './SwapCurve.ts'

/** State of an ERC-4626 vault that converts at one rate both ways; vaults with entry or exit fees do not fit. */
export interface Erc4626State {
  readonly id: string
  readonly venue: string
  readonly asset: TokenId
  readonly share: TokenId
  readonly totalAssets: bigint
  readonly totalSupply: bigint
  /** What the vault adds to either total before dividing; OpenZeppelin's are 1 and 10^offset. */
  readonly virtualAssets: bigint
  readonly virtualShares: bigint
  /** maxDeposit and maxRedeem of the trader. */
  readonly depositLimit: bigint
  readonly redeemLimit: bigint
  readonly gas?: PoolGas
}

const ASSET = 0
const GAS: PoolGas = { swap: 100_000, perTick: 0 }

/** Deposit and redeem at the rate of convertToShares and convertToAssets, always rounding for the vault (EIP-4626). */
export function createErc4626Pool(state: Erc4626State): Pool {
  return new Erc4626Pool(state)
}

class Erc4626Pool implements Pool {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly [TokenId, TokenId]
  readonly proof = 'onChain'
  readonly parity = false
  readonly gas: PoolGas
  readonly #state: Erc4626State
  readonly #assets: bigint
  readonly #shares: bigint

  constructor(state: Erc4626State) {
    this.id = state.id
    this.venue = state.venue
    this.tokens = [state.asset, state.share]
    this.gas = state.gas ?? GAS
    this.#state = state
    this.#assets = state.totalAssets + state.virtualAssets
    this.#shares = state.totalSupply + state.virtualShares
  }

  quoteExactIn(tokenIn: number, _tokenOut: number, amountIn: bigint): PoolQuote {
    if (amountIn <= 0n || this.#assets <= 0n || this.#shares <= 0n) return REFUSED
    const { depositLimit, redeemLimit } = this.#state
    if (amountIn > (tokenIn === ASSET ? depositLimit : redeemLimit)) return REFUSED
    const amountOut =
      tokenIn === ASSET ? (amountIn * this.#shares) / this.#assets : (amountIn * this.#assets) / this.#shares
    return { amountIn, amountOut, complete: true, ticksCrossed: 0 }
  }

  quoteExactOut(tokenIn: number, _tokenOut: number, amountOut: bigint): PoolQuote {
    if (amountOut <= 0n || this.#assets <= 0n || this.#shares <= 0n) return REFUSED
    const { depositLimit, redeemLimit } = this.#state
    const [from, to] = tokenIn === ASSET ? [this.#assets, this.#shares] : [this.#shares, this.#assets]
    const amountIn = (amountOut * from + to - 1n) / to
    if (amountIn > (tokenIn === ASSET ? depositLimit : redeemLimit)) return REFUSED
    return { amountIn, amountOut, complete: true, ticksCrossed: 0 }
  }

  afterSwap(tokenIn: number, tokenOut: number, amountIn: bigint): Pool {
    const quote = this.quoteExactIn(tokenIn, tokenOut, amountIn)
    const { totalAssets, totalSupply } = this.#state
    return new Erc4626Pool({
      ...this.#state,
      totalAssets: tokenIn === ASSET ? totalAssets + quote.amountIn : totalAssets - quote.amountOut,
      totalSupply: tokenIn === ASSET ? totalSupply + quote.amountOut : totalSupply - quote.amountIn,
    })
  }

  curve(tokenIn: number): SwapCurve | undefined {
    const { depositLimit, redeemLimit } = this.#state
    const assets = Number(this.#assets)
    const shares = Number(this.#shares)
    // An unlimited vault is cut at a thousand times its size, where no sensible trade goes.
    return tokenIn === ASSET
      ? createLinearCurve(shares / assets, Math.min(Number(depositLimit), assets * 1_000))
      : createLinearCurve(assets / shares, Math.min(Number(redeemLimit), shares * 1_000))
  }
}
