/** A time of which a chart wants a price, and how near another sample may be to do as well. */
export interface PastMoment {
  readonly atMs: number
  readonly withinMs: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The times that charts of a day, a month and a year are drawn from: by the hour, the day and the week; newest first. */
export function pastMoments(nowMs: number): PastMoment[] {
  const row = (from: number, to: number, stepMs: number): PastMoment[] =>
    Array.from({ length: to - from + 1 }, (_, index) => ({
      atMs: nowMs - (from + index) * stepMs,
      withinMs: stepMs / 2,
    }))
  return [...row(1, 24, hourMs), ...row(2, 30, dayMs), ...row(5, 52, 7 * dayMs)]
}
