import type { PriceSource, Refusal, TokenPrice } from '../../../../shared/contract/prices.ts'
import type { TokenRef } from '../../../../shared/identity/identity.ts'
import { type UsdE18, usdE18 } from '../../../../shared/money/units.ts'
import { differenceBps } from './differenceBps.ts'
import { type Weighted, weightedMedian } from './weightedMedian.ts'

type Source<Kind extends PriceSource['kind']> = Extract<PriceSource, { kind: Kind }>

/** A pool's word on a token, in US dollars. */
export interface PoolWitness {
  readonly source: Omit<Source<'pool'>, 'usd' | 'refused'>
  /** What it says now. */
  readonly usd: UsdE18
  /** What it has settled at; the same unless it has just moved. */
  readonly settledUsd: UsdE18
  readonly isMoved: boolean
  /** Whether the pool has been watched for long enough to know. */
  readonly isWatched: boolean
}

export interface PriceEvidence {
  readonly token: TokenRef
  /** A token that only its own contract describes may refuse to be sold, whatever its pools say. */
  readonly isListed: boolean
  readonly asOfMs: number
  readonly feeds: readonly Source<'feed'>[]
  readonly redemption: Source<'redemption'> | undefined
  readonly pools: readonly PoolWitness[]
}

const dollars = (whole: bigint) => whole * 10n ** 18n
/** Below this depth a pool says nothing. */
export const leastDepth = usdE18(dollars(1_000n))
const fairDepth = dollars(10_000n)
const greatDepth = dollars(100_000n)
/** Feeds report at half a percent of change, pools stray by their fee. */
const agreementBps = 200
const mostDisagreementBps = 1_000

interface Consensus {
  readonly usd: UsdE18
  readonly depth: bigint
  readonly isMoved: boolean
  readonly isWatched: boolean
  /** Pools that say the same. */
  readonly agreeing: number
}

/**
 * What a token is worth by everything that was heard of it, or that nothing reliable is known.
 *
 * A feed of the token itself comes first; a deep market that contradicts it by up to a tenth is told, by more makes the price
 * unknown. A feed of what the token stands for, and a redemption value, only confirm or contradict the market, where a holder
 * would have to sell. Markets alone count by depth, at what they have settled at.
 */
export function decidePrice(evidence: PriceEvidence): TokenPrice {
  const { token, asOfMs, pools, redemption } = evidence
  const market = findConsensus(pools)
  const heard = listSources(evidence, market)
  const known = (usd: UsdE18, confidence: 'high' | 'medium' | 'low', against?: UsdE18): TokenPrice => ({
    state: 'known',
    token,
    usd,
    confidence: evidence.isListed ? confidence : 'low',
    ...disagreement(market?.usd, against),
    asOfMs,
    sources: heard(usd),
  })
  const unknown = (reason: Extract<TokenPrice, { state: 'unknown' }>['reason']): TokenPrice => ({
    state: 'unknown',
    token,
    reason,
    asOfMs,
    sources: heard(undefined),
  })

  const direct = evidence.feeds.find(
    ({ measures, refused, usd }) => measures === 'token' && !refused && usd,
  )?.usd
  if (direct) {
    // A market that is thin, or has only just moved, contradicts nobody.
    if (!market || market.depth < fairDepth || market.isMoved) return known(direct, 'high')
    const gap = Math.abs(differenceBps(market.usd, direct))
    if (gap <= agreementBps) return known(direct, 'high', direct)
    return gap <= mostDisagreementBps ? known(direct, 'medium', direct) : unknown('disagreement')
  }
  // Only a list vouches for a contract's word on its own worth.
  const redeems = evidence.isListed && !redemption?.refused ? redemption?.usd : undefined
  const underlying = evidence.feeds.find(
    ({ measures, refused, usd }) => measures === 'underlying' && !refused && usd,
  )?.usd
  const reference = redeems ?? underlying
  if (!market) {
    if (redeems) return known(redeems, 'medium')
    if (pools.length > 0) return unknown('thinMarket')
    const hasStaleFeed = evidence.feeds.some(
      ({ measures, refused }) => measures === 'token' && refused === 'stale',
    )
    return unknown(hasStaleFeed ? 'staleFeed' : 'noMarket')
  }
  if (reference) {
    const gap = Math.abs(differenceBps(market.usd, reference))
    if (gap <= agreementBps) return known(market.usd, 'high', reference)
    const isSure = market.depth >= fairDepth && !market.isMoved && gap <= mostDisagreementBps
    return known(market.usd, isSure ? 'medium' : 'low', reference)
  }
  if (market.isMoved || !market.isWatched || market.depth < fairDepth) return known(market.usd, 'low')
  return known(market.usd, market.depth >= greatDepth && market.agreeing > 1 ? 'high' : 'medium')
}

/** The median of the pools by depth, leaving out those with less than a tenth of the deepest one's. */
function findConsensus(pools: readonly PoolWitness[]): Consensus | undefined {
  const [deepest] = pools.map(({ source }) => source.depthUsd).sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))
  const depth = deepest ?? 0n
  if (depth < leastDepth) return undefined
  const heard = pools.filter(({ source }) => source.depthUsd * 10n >= depth && source.depthUsd >= leastDepth)
  const [first, ...rest] = heard.map(
    ({ settledUsd, source }): Weighted => ({ value: settledUsd, weight: source.depthUsd }),
  )
  if (!first) return undefined
  const usd = usdE18(weightedMedian([first, ...rest]))
  if (usd === 0n) return undefined
  const near = heard.filter(({ settledUsd }) => Math.abs(differenceBps(settledUsd, usd)) <= agreementBps)
  return {
    usd,
    depth,
    isMoved: near.every(({ isMoved }) => isMoved),
    isWatched: near.some(({ isWatched }) => isWatched),
    agreeing: near.length,
  }
}

function disagreement(
  market: UsdE18 | undefined,
  reference: UsdE18 | undefined,
): { readonly disagreementBps?: number } {
  if (market === undefined || reference === undefined) return {}
  const gap = differenceBps(market, reference)
  return Math.abs(gap) <= agreementBps ? {} : { disagreementBps: gap }
}

function listSources(evidence: PriceEvidence, market: Consensus | undefined) {
  return (usd: UsdE18 | undefined): PriceSource[] => {
    const contradicts = (said: UsdE18 | undefined): Refusal | undefined =>
      usd === undefined || (said !== undefined && Math.abs(differenceBps(said, usd)) > agreementBps)
        ? 'disagrees'
        : undefined
    const judge = <S extends PriceSource>(source: S): S => {
      const refused = source.refused ?? contradicts(source.usd)
      return refused === undefined ? source : { ...source, refused }
    }
    const pools = evidence.pools.map(({ source, usd: said, isMoved }): Source<'pool'> => {
      const isThin =
        source.depthUsd < leastDepth || (market !== undefined && source.depthUsd * 10n < market.depth)
      const refused = isThin ? 'thin' : isMoved ? 'moved' : contradicts(said)
      return { ...source, usd: said, ...(refused === undefined ? {} : { refused }) }
    })
    pools.sort((a, b) => (a.depthUsd > b.depthUsd ? -1 : a.depthUsd < b.depthUsd ? 1 : 0))
    return [
      ...evidence.feeds.map(judge),
      ...(evidence.redemption ? [judge(evidence.redemption)] : []),
      ...pools.slice(0, 12),
    ]
  }
}
