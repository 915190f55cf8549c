import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem'
import type { Address } from '../../../../shared/identity/identity.ts'
import { computeV3Pool, keyPool, type RouterVenues, sortTokens } from '../../../capabilities/swaps/index.ts'
import { applyConcentratedEvent } from './applyConcentratedEvent.ts'
import type { PoolCandidate } from './PoolCandidate.ts'
import { readTicks } from './readTicks.ts'

/** Forks add return values to slot0, which the decoder of exactly these two does not mind. */
const abi = parseAbi([
  'function slot0() view returns (uint160 sqrtPriceX96, int24 tick)',
  'function liquidity() view returns (uint128)',
  'function tickBitmap(int16 word) view returns (uint256)',
  'function ticks(int24 tick) view returns (uint128 liquidityGross, int128 liquidityNet)',
])

/** The pool of two tokens and a fee at Uniswap V3 or a fork of it. */
export function uniswapV3Candidate(
  { factory, initCodeHash }: NonNullable<RouterVenues['uniswapV3']>,
  a: Address,
  b: Address,
  feePips: number,
  tickSpacing: number,
  fork?: string,
): PoolCandidate {
  const address = computeV3Pool(factory, initCodeHash, a, b, feePips)
  const [token0, token1] = sortTokens(a, b)
  const key = { venue: 'uniswapV3', address, feePips, tickSpacing, ...(fork ? { fork } : {}) } as const
  const id = address.toLowerCase()
  const call = (data: `0x${string}`) => ({ to: address, data })
  return {
    id,
    key,
    tokens: [token0, token1],
    watch: { kind: 'address' },
    *read(reach) {
      const [slot, depth] = yield [
        call(encodeFunctionData({ abi, functionName: 'slot0' })),
        call(encodeFunctionData({ abi, functionName: 'liquidity' })),
      ]
      if (slot === undefined || slot === '0x' || depth === undefined || depth === '0x') return undefined
      const [sqrtPriceX96, tick] = decodeFunctionResult({ abi, functionName: 'slot0', data: slot })
      if (sqrtPriceX96 === 0n) return undefined
      const liquidity = decodeFunctionResult({ abi, functionName: 'liquidity', data: depth })
      const known = yield* readTicks({
        tickSpacing,
        tick,
        liquidity,
        reach,
        bitmapCall: (word) => call(encodeFunctionData({ abi, functionName: 'tickBitmap', args: [word] })),
        tickCall: (at) => call(encodeFunctionData({ abi, functionName: 'ticks', args: [at] })),
        decodeBitmap: (data) => decodeFunctionResult({ abi, functionName: 'tickBitmap', data }),
        decodeNet: (data) => decodeFunctionResult({ abi, functionName: 'ticks', data })[1],
      })
      if (known === undefined) return undefined
      return keyPool(key, {
        kind: 'uniswapV3',
        state: {
          id,
          venue: key.venue,
          tokens: [token0.toLowerCase(), token1.toLowerCase()],
          feePips,
          tickSpacing,
          sqrtPriceX96,
          tick,
          liquidity,
          ...known,
        },
      })
    },
    apply(before, event) {
      if (before.source?.kind !== 'uniswapV3') return undefined
      const state = applyConcentratedEvent(before.source.state, event)
      return state && keyPool(key, { kind: 'uniswapV3', state })
    },
  }
}
