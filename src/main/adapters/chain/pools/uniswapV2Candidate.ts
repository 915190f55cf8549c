import { decodeAbiParameters, decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem'
import type { Address } from '../../../../shared/identity/identity.ts'
import { computeV2Pair, keyPool, type RouterVenues, sortTokens } from '../../../capabilities/swaps/index.ts'
import type { PoolCandidate } from './PoolCandidate.ts'

const abi = parseAbi(['function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 at)'])
const readReserves = encodeFunctionData({ abi, functionName: 'getReserves' })
const usualFeePips = 3_000
const million = 1_000_000n
/** Sync(uint112,uint112), which follows everything that changes the reserves. */
const sync = '0x1c411e9a96e071241c2f21f7726b17ae89e3cab4c78be50e062b03a9fffbbad1'

/** The pair of two tokens at Uniswap V2 or a fork of it. */
export function uniswapV2Candidate(
  { factory, initCodeHash, feePips = usualFeePips }: NonNullable<RouterVenues['uniswapV2']>,
  a: Address,
  b: Address,
  fork?: string,
): PoolCandidate {
  const address = computeV2Pair(factory, initCodeHash, a, b)
  const [token0, token1] = sortTokens(a, b)
  const key = { venue: 'uniswapV2', address, feePips, tickSpacing: 0, ...(fork ? { fork } : {}) } as const
  const id = address.toLowerCase()
  const withReserves = (reserves: readonly [bigint, bigint]) =>
    keyPool(key, {
      kind: 'uniswapV2',
      state: {
        id,
        venue: key.venue,
        tokens: [token0.toLowerCase(), token1.toLowerCase()],
        reserves,
        ...(feePips === usualFeePips
          ? {}
          : { keepNumerator: million - BigInt(feePips), keepDenominator: million }),
      },
    })
  return {
    id,
    key,
    tokens: [token0, token1],
    watch: { kind: 'address' },
    *read() {
      const [answer] = yield [{ to: address, data: readReserves }]
      if (answer === undefined || answer === '0x') return undefined
      const [reserve0, reserve1] = decodeFunctionResult({ abi, functionName: 'getReserves', data: answer })
      return withReserves([reserve0, reserve1])
    },
    // Every other event of a pair comes with a Sync, or moves shares of the pool alone.
    apply: (before, { topics, data }) =>
      topics[0] === sync
        ? withReserves(decodeAbiParameters([{ type: 'uint112' }, { type: 'uint112' }], data))
        : before,
  }
}
