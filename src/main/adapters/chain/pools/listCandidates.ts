import { zeroAddress } from 'viem'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { SwapVenues } from '../../../capabilities/swaps/index.ts'
import { balancerCandidate } from './balancerCandidate.ts'
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

/**
 * Every pool that could join the given tokens with the chain's connectors and, unless only these are wanted, with each other.
 * The coin is the zero address.
 */
export function listCandidates(
  venues: SwapVenues,
  tokens: readonly Address[],
  pairing: 'all' | 'connectors',
): PoolCandidate[] {
  const { uniswapV2, uniswapV3, uniswapV4, balancer, wrappedNative } = venues
  const wrap = (token: Address) => (isSameAddress(token, zeroAddress) ? wrappedNative : token)
  const all = unique([...tokens, wrappedNative, ...venues.connectors].map(wrap))
  const connectors = new Set([wrappedNative, ...venues.connectors].map((token) => token.toLowerCase()))
  const isConnector = (token: Address) => connectors.has(token.toLowerCase())
  const candidates: PoolCandidate[] = []
  for (const [index, a] of all.entries()) {
    for (const b of all.slice(index + 1)) {
      if (pairing === 'connectors' && !isConnector(a) && !isConnector(b)) continue
      if (uniswapV2) candidates.push(uniswapV2Candidate(uniswapV2, a, b))
      for (const [fee, spacing] of tiers) {
        if (uniswapV3) candidates.push(uniswapV3Candidate(uniswapV3, a, b, fee, spacing))
        if (!uniswapV4) continue
        candidates.push(uniswapV4Candidate(uniswapV4, a, b, fee, spacing))
        const other = isSameAddress(a, wrappedNative) ? b : isSameAddress(b, wrappedNative) ? a : undefined
        if (other) candidates.push(uniswapV4Candidate(uniswapV4, zeroAddress, other, fee, spacing))
      }
    }
  }
  const isAmong = (token: Address) => all.some((other) => isSameAddress(other, token))
  for (const pool of balancer?.pools ?? []) {
    if (balancer && pool.tokens.filter(isAmong).length >= 2)
      candidates.push(balancerCandidate(balancer, pool))
  }
  return candidates
}

function unique(tokens: readonly Address[]): Address[] {
  const seen = new Map(tokens.map((token) => [token.toLowerCase(), token]))
  return [...seen.values()]
}
