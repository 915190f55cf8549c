import type { Address, Hash } from '../../../../../shared/identity/identity.ts'

/** One swap as a pool told of it, with the transaction that it is in. */
export interface DecodedSwap {
  readonly venue: 'uniswapV2' | 'uniswapV3' | 'uniswapV4' | 'balancer'
  /** Lower case: the pool's contract, or its id where pools share one contract. */
  readonly poolId: string
  /** The token's address in lower case where the event names it, otherwise its index in the pool. */
  readonly assetIn: string
  readonly assetOut: string
  /** What the pool took and gave, fee included. */
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly transactionHash: Hash
  readonly transactionIndex: number
  readonly logIndex: number
  /** Who signed the transaction, and which contract it called. */
  readonly sender: Address
  readonly target: Address | undefined
}
