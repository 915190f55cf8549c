import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import type { ContractReader } from './assets.ports.ts'
import { decodeRound, type FeedRound, planFeedReads, planRoundReads } from './domain/feeds/feedReads.ts'

export interface ReferenceHistory {
  /** By rising time. */
  readonly points: readonly { readonly atMs: number; readonly usdE8: bigint }[]
  /** Its own reports, or what it said at older blocks. */
  readonly from: 'reports' | 'blocks'
}

const mostReports = 60
const longestMs = 30 * 86_400_000

/**
 * What a reference price has been: by the feed's own reports, which every node has; of one that computes its answer when it is read,
 * as the value of a fund's share does, by its answers at older blocks as far back as the node keeps them.
 *
 * @throws AppError `chain.*`
 */
export async function readReferenceHistory(
  reader: Pick<ContractReader, 'call' | 'callAtOldBlock'>,
  chainId: ChainId,
  feed: Address,
  block: bigint,
  blockTimeSeconds: number,
): Promise<ReferenceHistory> {
  const reads = planFeedReads(feed)
  const [, decimals, latestData] = await reader.call(chainId, reads, block)
  const latest = decodeRound(latestData, decimals)
  if (!latest) return { points: [], from: 'reports' }
  const answers = await reader.call(chainId, planRoundReads(feed, latest.id, mostReports), block)
  const reports = byTime(answers.map((data) => decodeRound(data, decimals)))
  if (reports.length > 1) return { points: reports, from: 'reports' }

  const span = BigInt(Math.round(longestMs / 1000 / blockTimeSeconds))
  const seen: (FeedRound | undefined)[] = [latest]
  // Ever further back: most nodes keep an hour, few keep a month, and both should show something.
  for (let back = 1n; back <= span && back < block; back += (back + 1n) / 2n) {
    const old = await reader.callAtOldBlock(chainId, reads, block - back)
    // Where the feed is not there yet, or the node knows no more, nothing older is.
    const round = old && decodeRound(old[2], old[1])
    if (!round) break
    seen.push(round)
  }
  return { points: byTime(seen), from: 'blocks' }
}

function byTime(rounds: readonly (FeedRound | undefined)[]): ReferenceHistory['points'] {
  const times = new Map(rounds.flatMap((round) => (round ? [[round.atMs, round] as const] : [])))
  return [...times.values()].sort((a, b) => a.atMs - b.atMs).map(({ atMs, usdE8 }) => ({ atMs, usdE8 }))
}
