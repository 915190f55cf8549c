import { pegBandsBps } from './measurePeg.ts'

export interface PegSample {
  readonly atMs: number
  readonly deviationBps: number
}

export interface TimeOutside {
  readonly bandBps: number
  readonly outsideMs: number
}

/** A reading speaks for this long at most: after it, nobody was looking. */
const longestSpanMs = 15 * 60_000

/** How long a coin was outside of each band by its samples (by rising time), and how long somebody was looking. */
export function measureTimeOutside(
  samples: readonly PegSample[],
  untilMs: number,
): { readonly watchedMs: number; readonly bands: readonly TimeOutside[] } {
  const spans = samples.map((sample, index) => ({
    deviationBps: Math.abs(sample.deviationBps),
    ms: Math.max(0, Math.min((samples[index + 1]?.atMs ?? untilMs) - sample.atMs, longestSpanMs)),
  }))
  return {
    watchedMs: spans.reduce((sum, { ms }) => sum + ms, 0),
    bands: pegBandsBps.map((bandBps) => ({
      bandBps,
      outsideMs: spans.reduce((sum, span) => (span.deviationBps > bandBps ? sum + span.ms : sum), 0),
    })),
  }
}
