const dayMs = 86_400_000
/** From 1 March of the year 0 to 1 January 1970, and of a whole era of 400 years. */
const daysBeforeEpoch = 719_468
const daysOfEra = 146_097

/** Year, month and day of a moment in universal time. Years are counted from March, so that leap days come last. */
function dateOf(timestampMs: number): { year: number; month: number; day: number } {
  const days = Math.floor(timestampMs / dayMs) + daysBeforeEpoch
  const era = Math.floor(days / daysOfEra)
  const dayOfEra = days - era * daysOfEra
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  }
}

const padded = (value: number, length = 2) => String(value).padStart(length, '0')

/** Year and month of a moment in universal time, as `2026-11`. */
export function monthOf(timestampMs: number): string {
  const { year, month } = dateOf(timestampMs)
  return `${padded(year, 4)}-${padded(month)}`
}

/** The day of a moment in universal time, as `2026-11-29`. */
export function dayOf(timestampMs: number): string {
  return `${monthOf(timestampMs)}-${padded(dateOf(timestampMs).day)}`
}

/** The time of day of a moment in universal time, as `13:05:00`. */
export function timeOf(timestampMs: number): string {
  const seconds = Math.floor(timestampMs / 1_000) % 86_400
  return [seconds / 3_600, (seconds / 60) % 60, seconds % 60]
    .map((part) => padded(Math.floor(part)))
    .join(':')
}
