import { type AnswerOnTheWay, type Measured, OURS, type Outcome } from './measure.ts'
import { quantile } from './quantile.ts'

export interface Row {
  readonly router: string
  readonly medianMs: number
  readonly p95Ms: number
  readonly medianCpuMs: number
  readonly p95CpuMs: number
  /** Sum over the queries of the net output relative to the best that anybody found; nothing found counts as nothing. */
  readonly quality: number
  /** Shortfall to the best that anybody found, in basis points, over the answered queries. */
  readonly medianShortBp: number
  readonly p95ShortBp: number
  /** Shortfall to the convex bound, net of gas. */
  readonly medianToBoundBp: number
  /** Queries within 0.1 basis points of the best. */
  readonly withinTenthBp: number
  readonly answered: number
  readonly exactClaims: number
  readonly medianLegs: number
  readonly queries: number
}

/** Condenses what the routers did; a query whose best net is not positive is worth no trade and is left out. */
export function summarise(measured: readonly Measured[], bounds: readonly number[]): Row[] {
  const count = bounds.length
  const bests = Array.from({ length: count }, (_, at) =>
    Math.max(...measured.map(({ outcomes }) => outcomes[at]?.net ?? Number.NEGATIVE_INFINITY)),
  )
  const worthwhile = [...bests.keys()].filter((at) => (bests[at] as number) > 0)
  return measured.map(({ name, outcomes }) => {
    const shorts: number[] = []
    const toBound: number[] = []
    let quality = 0
    for (const at of worthwhile) {
      const net = (outcomes[at] as Outcome).net
      if (net === undefined) continue
      const best = bests[at] as number
      quality += Math.max(0, net / best)
      shorts.push((1 - net / best) * 1e4)
      toBound.push((1 - net / (bounds[at] as number)) * 1e4)
    }
    const of = (pick: (outcome: Outcome) => number) => worthwhile.map((at) => pick(outcomes[at] as Outcome))
    return {
      router: name,
      medianMs: quantile(
        of(({ ms }) => ms),
        0.5,
      ),
      p95Ms: quantile(
        of(({ ms }) => ms),
        0.95,
      ),
      medianCpuMs: quantile(
        of(({ cpuMs }) => cpuMs),
        0.5,
      ),
      p95CpuMs: quantile(
        of(({ cpuMs }) => cpuMs),
        0.95,
      ),
      quality: quality / worthwhile.length,
      medianShortBp: quantile(shorts, 0.5),
      p95ShortBp: quantile(shorts, 0.95),
      medianToBoundBp: quantile(toBound, 0.5),
      withinTenthBp: shorts.filter((short) => short <= 0.1).length,
      answered: shorts.length,
      exactClaims: worthwhile.filter((at) => outcomes[at]?.net !== undefined && outcomes[at]?.isClaimExact)
        .length,
      medianLegs: quantile(
        of(({ legs }) => legs),
        0.5,
      ),
      queries: worthwhile.length,
    }
  })
}

/** When answers of ours were there that are no worse than what the best peer ends with, by processor time. */
export interface OnTheWay {
  readonly firstAnswerCpuMs: number
  /** Median and 95th percentile; a query on which no answer gets there counts as never. */
  readonly asGoodCpuMs: number
  readonly p95AsGoodCpuMs: number
  /** Queries on which the first answer is as good already, and on which any is. */
  readonly firstIsAsGood: number
  readonly everAsGood: number
}

/** Looks at each query for the first of our answers that no peer's is better than. */
export function summariseOnTheWay(
  measured: readonly Measured[],
  answers: readonly (readonly AnswerOnTheWay[])[],
): OnTheWay {
  const peers = measured.filter(({ name }) => name !== OURS)
  const asGood: number[] = []
  let firstIsAsGood = 0
  for (const [at, ofQuery] of answers.entries()) {
    const best = Math.max(...peers.map(({ outcomes }) => outcomes[at]?.net ?? Number.NEGATIVE_INFINITY))
    const first = ofQuery.findIndex(({ net }) => net >= best)
    if (first === 0) firstIsAsGood += 1
    asGood.push(ofQuery[first]?.cpuMs ?? Number.POSITIVE_INFINITY)
  }
  return {
    firstAnswerCpuMs: quantile(
      answers.map(([first]) => first?.cpuMs ?? Number.NaN),
      0.5,
    ),
    asGoodCpuMs: quantile(asGood, 0.5),
    p95AsGoodCpuMs: quantile(asGood, 0.95),
    firstIsAsGood,
    everAsGood: asGood.filter(Number.isFinite).length,
  }
}

/** The greatest shortfall of ours against any peer on any query, in basis points. */
export function worstAgainstPeers(measured: readonly Measured[]): number {
  const ours = measured.find(({ name }) => name === OURS)
  let worst = 0
  for (const [at, outcome] of (ours?.outcomes ?? []).entries()) {
    for (const { outcomes } of measured) {
      const net = outcomes[at]?.net
      if (net !== undefined && net > 0) worst = Math.max(worst, (1 - (outcome.net ?? 0) / net) * 1e4)
    }
  }
  return worst
}
