const dayMs = 86_400_000

/** Times that charts can show, in milliseconds. */
export const chartRanges = { day: dayMs, week: 7 * dayMs, month: 30 * dayMs, year: 365 * dayMs } as const
export type ChartRange = keyof typeof chartRanges

/** Points that a chart of the whole screen's width is drawn from. */
export const chartPoints = 120
