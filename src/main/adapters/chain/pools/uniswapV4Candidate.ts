import { decodeFunctionResult, encodeFunctionData, parseAbi, zeroAddress } from 'viem'
import type { Address } from '../../../../shared/identity/identity.ts'
import { computeV4PoolId, keyPool, type RouterVenues, sortTokens } from '../../../capabilities/swaps/index.ts'
import { applyConcentratedEvent } from './applyConcentratedEvent.ts'
import type { PoolCandidate } from './PoolCandidate.ts'
import { readTicks } from './readTicks.ts'

/** v4-periphery's StateView. */
const abi = parseAbi([
  'function getSlot0(bytes32 poolId) view returns (uint160 sqrtPriceX96, int24 tick, uint24 protocolFee, uint24 lpFee)',
  'function getLiquidity(bytes32 poolId) view returns (uint128)',
  'function getTickBitmap(bytes32 poolId, int16 word) view returns (uint256)',
  'function getTickLiquidity(bytes32 poolId, int24 tick) view returns (uint128 liquidityGross, int128 liquidityNet)',
])
/** The protocol's fees by direction stand in twelve bits each (ProtocolFeeLibrary). */
const directionBits = 12

/** The Uniswap V4 pool of two currencies under a standard key without hooks; the coin is the zero address. */
export function uniswapV4Candidate(
  { poolManager, stateView }: NonNullable<RouterVenues['uniswapV4']>,
  a: Address,
  b: Address,
  feePips: number,
  tickSpacing: number,
): PoolCandidate {
  const [currency0, currency1] = sortTokens(a, b)
  const id = computeV4PoolId({ currency0, currency1, fee: feePips, tickSpacing, hooks: zeroAddress })
  const key = { venue: 'uniswapV4', address: poolManager, feePips, tickSpacing } as const
  const call = (data: `0x${string}`) => ({ to: stateView, data })
  return {
    id,
    key,
    tokens: [currency0, currency1],
    watch: { kind: 'topic', contract: poolManager },
    *read(reach) {
      const [slot, depth] = yield [
        call(encodeFunctionData({ abi, functionName: 'getSlot0', args: [id] })),
        call(encodeFunctionData({ abi, functionName: 'getLiquidity', args: [id] })),
      ]
      if (slot === undefined || slot === '0x' || depth === undefined || depth === '0x') return undefined
      const [sqrtPriceX96, tick, protocolFee, lpFeePips] = decodeFunctionResult({
        abi,
        functionName: 'getSlot0',
        data: slot,
      })
      if (sqrtPriceX96 === 0n) return undefined
      const liquidity = decodeFunctionResult({ abi, functionName: 'getLiquidity', data: depth })
      const known = yield* readTicks({
        tickSpacing,
        tick,
        liquidity,
        reach,
        bitmapCall: (word) =>
          call(encodeFunctionData({ abi, functionName: 'getTickBitmap', args: [id, word] })),
        tickCall: (at) => call(encodeFunctionData({ abi, functionName: 'getTickLiquidity', args: [id, at] })),
        decodeBitmap: (data) => decodeFunctionResult({ abi, functionName: 'getTickBitmap', data }),
        decodeNet: (data) => decodeFunctionResult({ abi, functionName: 'getTickLiquidity', data })[1],
      })
      if (known === undefined) return undefined
      return keyPool(key, {
        kind: 'uniswapV4',
        state: {
          id,
          venue: key.venue,
          tokens: [currency0.toLowerCase(), currency1.toLowerCase()],
          lpFeePips,
          protocolFeePips: [protocolFee & ((1 << directionBits) - 1), protocolFee >> directionBits],
          tickSpacing,
          sqrtPriceX96,
          tick,
          liquidity,
          ...known,
        },
      })
    },
    apply(before, event) {
      if (before.source?.kind !== 'uniswapV4') return undefined
      const state = applyConcentratedEvent(before.source.state, event)
      return state && keyPool(key, { kind: 'uniswapV4', state })
    },
  }
}
