import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spreadTimes, type TokenTrace, traceValue } from './traceValue.ts'

const one = 10n ** 18n
const hour = 3_600_000
const times = spreadTimes(0, 10 * hour, 11)
const everyHour = (price: bigint) => times.map((atMs) => ({ atMs, price }))
const token = (changes: Partial<TokenTrace>): TokenTrace => ({
  key: 'A',
  decimals: 6,
  held: 2_000_000n,
  moves: [],
  knownSinceMs: 0,
  prices: everyHour(3n * one),
  ...changes,
})
const valuesOf = (...tokens: TokenTrace[]) =>
  traceValue(tokens, times, hour).points.map(({ value }) => value / one)

describe('the value over time', () => {
  test('is walked back from what is held, by what moved', () => {
    const moves = [{ atMs: 3 * hour + 1, units: 1_000_000n }]
    expect(valuesOf(token({ moves }))).toEqual([3n, 3n, 3n, 3n, 6n, 6n, 6n, 6n, 6n, 6n, 6n])
  })

  test('has no point where an amount or a price is not known', () => {
    const prices = everyHour(3n * one).filter(({ atMs }) => atMs < 2 * hour || atMs > 6 * hour)
    const { points } = traceValue([token({ prices, knownSinceMs: hour })], times, hour / 2)
    expect(points.map(({ atMs }) => atMs / hour)).toEqual([1, 7, 8, 9, 10])
  })

  test('leaves out a small holding with gaps by name, and never a large one', () => {
    const late = everyHour(one).slice(8)
    const small = token({ key: 'B', held: 1n, prices: late })
    expect(traceValue([token({}), small], times, hour / 2)).toMatchObject({ excluded: ['B'] })
    expect(traceValue([token({}), small], times, hour / 2).points).toHaveLength(11)
    const large = token({ key: 'C', held: 10n ** 12n, prices: late })
    expect(traceValue([token({}), large], times, hour / 2)).toMatchObject({ excluded: [] })
    expect(traceValue([token({}), large], times, hour / 2).points).toHaveLength(3)
  })

  test('does not leave out a large holding of which only the present is known', () => {
    const { points, excluded } = traceValue(
      [token({}), token({ key: 'D', knownSinceMs: 10 * hour })],
      times,
      hour / 2,
    )
    expect(excluded).toEqual([])
    expect(points).toHaveLength(1)
  })

  test('counts nothing that has no price now', () => {
    expect(traceValue([token({ prices: [] })], times, hour)).toEqual({ points: [], excluded: ['A'] })
  })
})

const tokens = fc.array(
  fc.record({
    key: fc.uuid(),
    decimals: fc.integer({ min: 0, max: 18 }),
    held: fc.bigInt(0n, 10n ** 24n),
    moves: fc
      .array(
        fc.record({
          atMs: fc.integer({ min: 0, max: 10 * hour }),
          units: fc.bigInt(-(10n ** 20n), 10n ** 20n),
        }),
      )
      .map((moves) => moves.sort((a, b) => a.atMs - b.atMs)),
    knownSinceMs: fc.constantFrom(0, 2 * hour),
    prices: fc.subarray(everyHour(5n * one)),
  }),
  { maxLength: 5 },
)

test('where nothing moves and prices stand still, the line is flat whatever is missing', () => {
  fc.assert(
    fc.property(tokens, (all) => {
      const { points } = traceValue(
        all.map((each) => ({ ...each, moves: [] })),
        times,
        hour / 2,
      )
      expect(new Set(points.map(({ value }) => value)).size).toBeLessThan(2)
    }),
  )
})

test('every token is counted at every point or named as left out', () => {
  fc.assert(
    fc.property(tokens, (all) => {
      const { points, excluded } = traceValue(all, times, hour / 2)
      const counted = all.filter(({ key }) => !excluded.includes(key))
      const last = points.at(-1)
      if (last?.atMs !== times.at(-1)) return
      expect(last?.value).toBe(
        counted.reduce((sum, { held, decimals }) => sum + (held * 5n * one) / 10n ** BigInt(decimals), 0n),
      )
    }),
  )
})
