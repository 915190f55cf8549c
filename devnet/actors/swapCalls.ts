import { type Address, encodeFunctionData, type Hex, maxUint256 } from 'viem'
import type { LocalChainManifest } from '../manifest.ts'
import { swapRouter02Abi, v2RouterAbi } from './protocolAbis.ts'

interface DirectSwap {
  readonly kind: 'uniswapV2' | 'uniswapV3'
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly fee: number
  readonly amountIn: bigint
  readonly minimumOut: bigint
  readonly recipient: Address
  /** V3 only: the swap stops at this price. */
  readonly sqrtPriceLimitX96?: bigint
}

/** The address of a protocol's contract; throws where the chain lacks it. */
export function contractAddress(manifest: LocalChainManifest, name: string): Address {
  const address = manifest.contracts[name]
  if (address === undefined) throw new Error(`the chain has no contract ${name}`)
  return address
}

/** A call that swaps through one pool by the protocol's own router. */
export function encodeSwap(manifest: LocalChainManifest, swap: DirectSwap): { to: Address; data: Hex } {
  const { tokenIn, tokenOut, amountIn, minimumOut, recipient } = swap
  if (swap.kind === 'uniswapV2') {
    return {
      to: contractAddress(manifest, 'uniswapV2Router02'),
      data: encodeFunctionData({
        abi: v2RouterAbi,
        functionName: 'swapExactTokensForTokens',
        args: [amountIn, minimumOut, [tokenIn, tokenOut], recipient, maxUint256],
      }),
    }
  }
  const params = {
    tokenIn,
    tokenOut,
    fee: swap.fee,
    recipient,
    amountIn,
    amountOutMinimum: minimumOut,
    sqrtPriceLimitX96: swap.sqrtPriceLimitX96 ?? 0n,
  }
  return {
    to: contractAddress(manifest, 'uniswapV3SwapRouter02'),
    data: encodeFunctionData({ abi: swapRouter02Abi, functionName: 'exactInputSingle', args: [params] }),
  }
}
