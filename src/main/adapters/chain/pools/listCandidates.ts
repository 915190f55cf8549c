import { zeroAddress } from 'viem'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { RouterVenues, SwapVenues } from '../../../capabilities/swaps/index.ts'
import { balancerCandidate } from './balancerCandidate.ts'
import { curveCandidate } from './curveCandidate.ts'
import { erc4626Candidate } from './erc4626Candidate.ts'
import type { PoolCandidate } from './PoolCandidate.ts'
import { uniswapV2Candidate } from './uniswapV2Candidate.ts'
import { uniswapV3Candidate } from './uniswapV3Candidate.ts'
import { uniswapV4Candidate } from './uniswapV4Candidate.ts'

/** Fee in millionths, and tick spacing: the tiers of Uniswap V3, which V4 took over as the usual keys. */
const tiers = [
  [100, 1],
  [500, 10],
  [3_000, 60],
  [10_000, 200],
] as const

/** How many of the pools that Curve knows for a pair are looked at; the first are the oldest and mostly the deepest. */
const curvePools = 2

/**
 * Every pool that could join the given tokens with the chain's connectors and, unless only these are wanted, with each other.
 * The coin is the zero address.
 */
export function listCandidates(
  venues: SwapVenues,
  tokens: readonly Address[],
  pairing: 'all' | 'connectors',
): PoolCandidate[] {
  const { balancer, curve, vaults, wrappedNative } = venues
  const wrap = (token: Address) => (isSameAddress(token, zeroAddress) ? wrappedNative : token)
  const all = unique([...tokens, wrappedNative, ...venues.connectors].map(wrap))
  const connectors = new Set([wrappedNative, ...venues.connectors].map((token) => token.toLowerCase()))
  const isConnector = (token: Address) => connectors.has(token.toLowerCase())
  const candidates: PoolCandidate[] = []
  for (const [index, a] of all.entries()) {
    for (const b of all.slice(index + 1)) {
      if (pairing === 'connectors' && !isConnector(a) && !isConnector(b)) continue
      candidates.push(...listPair(venues, a, b))
      for (const fork of venues.forks ?? []) candidates.push(...listPair(fork, a, b, fork.name))
      const other = isSameAddress(a, wrappedNative) ? b : isSameAddress(b, wrappedNative) ? a : undefined
      if (other && venues.uniswapV4) {
        for (const [fee, spacing] of tiers) {
          candidates.push(uniswapV4Candidate(venues.uniswapV4, zeroAddress, other, fee, spacing))
        }
      }
      for (let index = 0; curve && index < curvePools; index += 1) {
        candidates.push(curveCandidate(curve, a, b, index))
      }
    }
  }
  const isAmong = (token: Address) => all.some((other) => isSameAddress(other, token))
  for (const pool of balancer?.pools ?? []) {
    if (balancer && pool.tokens.filter(isAmong).length >= 2)
      candidates.push(balancerCandidate(balancer, pool))
  }
  for (const vault of vaults ?? []) {
    if (isAmong(vault.share) && isAmong(vault.asset)) candidates.push(erc4626Candidate(vault))
  }
  return candidates
}

// An address is a hash or two, there are hundreds of them, and they are asked for with every block.
const knownPairs = new WeakMap<RouterVenues, Map<string, readonly PoolCandidate[]>>()

/** The pools of two tokens that one router reaches. */
function listPair(venues: RouterVenues, a: Address, b: Address, fork?: string): readonly PoolCandidate[] {
  const known = knownPairs.get(venues) ?? new Map<string, readonly PoolCandidate[]>()
  knownPairs.set(venues, known)
  const key = `${a}/${b}`.toLowerCase()
  const pools = known.get(key) ?? derivePair(venues, a, b, fork)
  known.set(key, pools)
  return pools
}

function derivePair(
  { uniswapV2, uniswapV3, uniswapV4 }: RouterVenues,
  a: Address,
  b: Address,
  fork?: string,
): PoolCandidate[] {
  return [
    ...(uniswapV2 ? [uniswapV2Candidate(uniswapV2, a, b, fork)] : []),
    ...(uniswapV3
      ? (uniswapV3.tiers ?? tiers).map(([fee, spacing]) =>
          uniswapV3Candidate(uniswapV3, a, b, fee, spacing, fork),
        )
      : []),
    ...(uniswapV4 ? tiers.map(([fee, spacing]) => uniswapV4Candidate(uniswapV4, a, b, fee, spacing)) : []),
  ]
}

function unique(tokens: readonly Address[]): Address[] {
  const seen = new Map(tokens.map((token) => [token.toLowerCase(), token]))
  return [...seen.values()]
}
