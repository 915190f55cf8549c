import { describe, expect, it } from 'vitest'
import file from '../../../../../../resources/registry/marketCalendars.json' with { type: 'json' }
import type { MarketCalendar } from '../registry/AssetRegistry.ts'
import { toUtcMs } from './civilDay.ts'
import { readMarketHours } from './readMarketHours.ts'

const shipped = file.markets[0]
if (!shipped) throw new Error('no calendar')
const nyse: MarketCalendar = { ...shipped, source: { title: 'NYSE' } }
const parse = (iso: string) => toUtcMs(iso.slice(0, 10), iso.slice(11, 19))
const at = (iso: string) => readMarketHours(nyse, parse(iso))
const opening = (iso: string) => at(iso)?.nextOpeningMs

describe('the New York Stock Exchange', () => {
  it.each([
    ['a winter morning before the bell', '2026-11-23T14:29:59Z', false],
    ['the bell in winter', '2026-11-23T14:30:00Z', true],
    ['the bell in summer', '2026-07-06T13:30:00Z', true],
    ['a second before the close', '2026-11-23T20:59:59Z', true],
    ['the close', '2026-11-23T21:00:00Z', false],
    ['Thanksgiving', '2026-11-26T16:00:00Z', false],
    ['the day after it, in the morning', '2026-11-27T17:59:59Z', true],
    ['the day after it, after its early close', '2026-11-27T18:00:00Z', false],
    ['a Saturday', '2026-11-28T16:00:00Z', false],
    ['Independence Day, kept on Friday', '2026-07-03T16:00:00Z', false],
    ['the Friday before daylight saving begins', '2026-03-06T14:29:00Z', false],
    ['the Monday after it began', '2026-03-09T13:30:00Z', true],
  ])('%s', (_what, iso, isOpen) => {
    expect(at(iso)?.isOpen).toBe(isOpen)
  })

  it('opens next after weekends, holidays and clock changes', () => {
    expect(opening('2026-11-23T00:19:00Z')).toBe(parse('2026-11-23T14:30:00Z'))
    expect(opening('2026-11-25T21:00:00Z')).toBe(parse('2026-11-27T14:30:00Z'))
    expect(opening('2026-12-24T19:00:00Z')).toBe(parse('2026-12-28T14:30:00Z'))
    expect(opening('2026-10-30T20:00:00Z')).toBe(parse('2026-11-02T14:30:00Z'))
    expect(opening('2026-03-06T21:00:00Z')).toBe(parse('2026-03-09T13:30:00Z'))
    // Open now: the one after this session.
    expect(opening('2026-11-23T15:00:00Z')).toBe(parse('2026-11-24T14:30:00Z'))
  })

  it('says nothing where its holidays are unknown', () => {
    expect(at('2025-12-31T16:00:00Z')).toBeUndefined()
    expect(at('2029-01-02T16:00:00Z')).toBeUndefined()
    expect(at('2028-12-29T22:00:00Z')).toEqual({ isOpen: false })
  })

  it('opens and closes once on every trading day of three years', () => {
    let openings = 0
    for (let ms = parse('2026-01-01T06:00:00Z'); ms < parse('2028-12-28T00:00:00Z'); ) {
      const next = readMarketHours(nyse, ms)?.nextOpeningMs
      if (next === undefined) break
      const during = readMarketHours(nyse, next)
      expect(during?.isOpen).toBe(true)
      expect([3.5, 6.5]).toContain(((during?.closesAtMs ?? 0) - next) / 3_600_000)
      openings += 1
      ms = next
    }
    // 782 weekdays less 29 holidays, and without the last Friday.
    expect(openings).toBe(752)
  })
})
