import { type Address, encodeFunctionData, type Hex, maxUint256 } from 'viem'
import type { LocalChainManifest } from '../../manifest.ts'
import { encodeV4Swap } from '../encodeV4Swap.ts'
import { balancerVaultAbi } from '../protocolAbis.ts'
import { contractAddress, encodeSwap } from '../swapCalls.ts'
import type { SwapLeg } from './decodeSwaps.ts'

interface LegSwap {
  readonly amountIn: bigint
  readonly minimumOut: bigint
  readonly recipient: Address
}

/** A call that swaps through the pool of one leg, whatever its kind. */
export function encodeLeg(
  manifest: LocalChainManifest,
  leg: SwapLeg,
  { amountIn, minimumOut, recipient }: LegSwap,
): { to: Address; data: Hex; value: bigint } {
  const { kind, tokenIn, tokenOut, fee, pool } = leg
  if (kind === 'uniswapV2' || kind === 'uniswapV3') {
    const swap = { kind, tokenIn, tokenOut, fee, amountIn, minimumOut, recipient }
    return { ...encodeSwap(manifest, swap), value: 0n }
  }
  if (pool?.poolId === undefined) throw new Error('the leg names no pool')
  if (kind === 'uniswapV4') return encodeV4Swap(manifest, { pool, tokenIn, tokenOut, amountIn, minimumOut })
  return {
    to: contractAddress(manifest, 'balancerVault'),
    value: 0n,
    data: encodeFunctionData({
      abi: balancerVaultAbi,
      functionName: 'swap',
      args: [
        {
          poolId: pool.poolId,
          kind: 0,
          assetIn: tokenIn,
          assetOut: tokenOut,
          amount: amountIn,
          userData: '0x',
        },
        { sender: recipient, fromInternalBalance: false, recipient, toInternalBalance: false },
        minimumOut,
        maxUint256,
      ],
    }),
  }
}
