import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { toDay, toDayNumber, toUtcMs, weekdayOf } from './civilDay.ts'

const calendar = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'UTC',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  weekday: 'short',
})

it('agrees with the platform’s calendar over six centuries', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 120_000 }), (days) => {
      const parts = Object.fromEntries(
        calendar.formatToParts(days * 86_400_000).map(({ type, value }) => [type, value]),
      )
      const day = toDay(days)
      expect(day).toBe(`${parts.year}-${parts.month}-${parts.day}`)
      expect(toDayNumber(day)).toBe(days)
      const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
      expect(names[weekdayOf(day) - 1]).toBe(parts.weekday?.slice(0, 3))
    }),
    { numRuns: runs(1_000), seed: 8 },
  )
})

it('reads wall times', () => {
  expect(toUtcMs('1970-01-01', '00:00')).toBe(0)
  expect(toUtcMs('2026-11-23', '14:30:01')).toBe(1_795_444_201_000)
})
