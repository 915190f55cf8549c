const msPerDay = 86_400_000

/** Days from 1 January 1970 to a day of the Gregorian calendar (`YYYY-MM-DD`). */
export function toDayNumber(day: string): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  // Years begin in March here, so that the leap day is the last: days before March are a multiple of 153 in five months.
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The day (`YYYY-MM-DD`) of a number of days since 1 January 1970. */
export function toDay(dayNumber: number): string {
  const shifted = dayNumber + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = ((monthFromMarch + 2) % 12) + 1
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(day: string): number {
  // 1 January 1970 was a Thursday.
  return ((((toDayNumber(day) + 3) % 7) + 7) % 7) + 1
}

/** Milliseconds since 1970 of a day and a wall time (`HH:MM` or `HH:MM:SS`), as if it were UTC. */
export function toUtcMs(day: string, time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return toDayNumber(day) * msPerDay + ((hours * 60 + minutes) * 60 + seconds) * 1000
}
