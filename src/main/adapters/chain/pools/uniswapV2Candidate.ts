import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem'
import type { Address } from '../../../../shared/identity/identity.ts'
import { createUniswapV2Pool } from '../../../capabilities/router/index.ts'
import { computeV2Pair, type SwapVenues, sortTokens } from '../../../capabilities/swaps/index.ts'
import type { PoolCandidate } from './PoolCandidate.ts'

const abi = parseAbi(['function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 at)'])
const readReserves = encodeFunctionData({ abi, functionName: 'getReserves' })
const feePips = 3_000

/** The Uniswap V2 pair of two tokens. */
export function uniswapV2Candidate(
  { factory, initCodeHash }: NonNullable<SwapVenues['uniswapV2']>,
  a: Address,
  b: Address,
): PoolCandidate {
  const address = computeV2Pair(factory, initCodeHash, a, b)
  const [token0, token1] = sortTokens(a, b)
  const key = { venue: 'uniswapV2', address, feePips, tickSpacing: 0 } as const
  const id = address.toLowerCase()
  return {
    id,
    key,
    tokens: [token0, token1],
    watch: { kind: 'address' },
    *read() {
      const [answer] = yield [{ to: address, data: readReserves }]
      if (answer === undefined || answer === '0x') return undefined
      const [reserve0, reserve1] = decodeFunctionResult({ abi, functionName: 'getReserves', data: answer })
      return {
        key,
        pool: createUniswapV2Pool({
          id,
          venue: key.venue,
          tokens: [token0.toLowerCase(), token1.toLowerCase()],
          reserves: [reserve0, reserve1],
        }),
      }
    },
  }
}
