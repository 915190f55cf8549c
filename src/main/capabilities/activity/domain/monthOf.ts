const dayMs = 86_400_000
/** From 1 March of the year 0 to 1 January 1970, and of a whole era of 400 years. */
const daysBeforeEpoch = 719_468
const daysOfEra = 146_097

/** Year and month of a moment in universal time, as `2026-11`. Years are counted from March, so that leap days come last. */
export function monthOf(timestampMs: number): string {
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
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
}
