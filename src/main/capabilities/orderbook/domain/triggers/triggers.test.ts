import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { comparePrices, type Price } from '../engine/price.ts'
import { computePriceRange } from './computePriceRange.ts'
import { defaultPriceWindowRules, type Observation, PriceWindow } from './PriceWindow.ts'
import { isReached, TriggerIndex } from './TriggerIndex.ts'
import { trailStop } from './trailStop.ts'

const at = (quote: number): Price => ({ quote: BigInt(quote), base: 1n })
const flat = (quote: number) => ({ low: at(quote), high: at(quote) })

function windowOf(rules: Partial<typeof defaultPriceWindowRules>, ...observations: readonly Observation[]) {
  const window = new PriceWindow({ ...defaultPriceWindowRules, ...rules })
  for (const observation of observations) window.observe(observation)
  return window
}

const block = (number: number, quote: number, more: Partial<Observation> = {}): Observation => ({
  source: 'pool',
  block: number,
  timestampMs: number * 12_000,
  price: at(quote),
  ...more,
})

describe('an attacker', () => {
  it('who holds fewer than half of the blocks moves the range by nothing, whatever prices and gaps are chosen', () => {
    const attack = fc.record({
      blocks: fc.constantFrom(3, 5, 7, 9),
      held: fc.array(fc.nat(), { maxLength: 4 }),
      price: fc.integer({ min: 1, max: 10 ** 9 }),
      durations: fc.array(fc.integer({ min: 1_000, max: 60_000 }), { minLength: 9, maxLength: 9 }),
    })
    fc.assert(
      fc.property(attack, ({ blocks, held, price, durations }) => {
        const taken = new Set(held.map((place) => place % blocks))
        fc.pre(taken.size * 2 < blocks)
        const seen = Array.from({ length: blocks }, (_, index) => ({
          durationMs: durations[index] ?? 12_000,
          prices: [at(taken.has(index) ? price : 1_000)],
        }))
        const { low, high } = computePriceRange(seen)
        // Slow blocks may widen the range towards the attack, but only to the side where nothing fires early.
        expect(comparePrices(high, at(1_000)) >= 0 && comparePrices(low, at(1_000)) <= 0).toBe(true)
        for (const trigger of [999, 1]) expect(isReached('falling', at(trigger), { low, high })).toBe(false)
        for (const trigger of [1_001, 10 ** 9])
          expect(isReached('rising', at(trigger), { low, high })).toBe(false)
      }),
      { seed: 7, numRuns: runs(2_000) },
    )
  })

  it('who takes one of three sources takes nothing', () => {
    const seen = Array.from({ length: 5 }, () => ({
      durationMs: 12_000,
      prices: [at(1_000), at(1_001), at(1)],
    }))
    expect(computePriceRange(seen)).toEqual({ low: at(1_000), high: at(1_000) })
  })

  it('who takes one of two sources can only delay', () => {
    const seen = Array.from({ length: 5 }, () => ({ durationMs: 12_000, prices: [at(1_000), at(1)] }))
    expect(computePriceRange(seen)).toEqual({ low: at(1), high: at(1_000) })
  })

  it('cannot drag a trailing stop along with a spike', () => {
    const calm = trailStop('falling', 1_000, at(100), flat(100))
    const spiked = trailStop('falling', 1_000, calm.best, { low: at(100), high: at(10_000) })
    expect(spiked).toEqual({ best: at(100), isReached: false })
  })
})

describe('PriceWindow', () => {
  const calm = Array.from({ length: 6 }, (_, index) => block(index + 1, 100))

  it('says nothing before it has seen enough', () => {
    expect(windowOf({}, ...calm.slice(0, 5)).range).toBeUndefined()
    expect(windowOf({}, ...calm).range).toEqual(flat(100))
    expect(windowOf({ minimumSources: 2 }, ...calm).range).toBeUndefined()
    expect(() => new PriceWindow({ ...defaultPriceWindowRules, blocks: 2 })).toThrow(RangeError)
  })

  it('starts again after a silence', () => {
    const window = windowOf({}, ...calm, block(100, 100))
    expect(window.range).toBeUndefined()
  })

  it('forgets the blocks that a reorganisation took back', () => {
    const window = windowOf({}, ...calm, block(7, 1), block(8, 1), block(9, 1))
    expect(window.range).toEqual(flat(1))
    for (const observation of [7, 8, 9].map((number) =>
      block(number, 100, { timestampMs: number * 12_000 + 1 }),
    )) {
      expect(window.observe(observation)).toBe(true)
    }
    expect(window.range).toEqual(flat(100))
  })

  it('refuses a block whose time is not after the one before', () => {
    const window = windowOf({}, ...calm)
    expect(window.observe(block(7, 1, { timestampMs: 72_000 }))).toBe(false)
    expect(window.range).toEqual(flat(100))
  })

  it('is the same again from its own observations', () => {
    const prices = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.constantFrom('a', 'b')), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(prices, (steps) => {
        const window = windowOf(
          {},
          ...steps.map(([quote, source], index) => block(Math.floor(index / 2) + 1, quote, { source })),
        )
        const again = windowOf({}, ...window.observations)
        expect(again.range).toEqual(window.range)
        expect(again.observations).toEqual(window.observations)
      }),
      { seed: 7 },
    )
  })
})

describe('TriggerIndex', () => {
  it('fires exactly what a look at every trigger fires, in the order of arming', () => {
    const trigger = fc.record({
      direction: fc.constantFrom('falling' as const, 'rising' as const),
      quote: fc.integer({ min: 1, max: 40 }),
      base: fc.integer({ min: 1, max: 3 }),
    })
    const step = fc.oneof(
      trigger.map((made) => ({ kind: 'add' as const, ...made })),
      fc.record({ kind: fc.constant('remove' as const), which: fc.nat() }),
      fc.record({ kind: fc.constant('fire' as const), low: fc.nat(40), spread: fc.nat(5) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const index = new TriggerIndex()
        let kept: Parameters<TriggerIndex['add']>[0][] = []
        for (const [sequence, made] of steps.entries()) {
          if (made.kind === 'add') {
            const price = { quote: BigInt(made.quote), base: BigInt(made.base) }
            const added = { id: `t${sequence}`, direction: made.direction, price, sequence }
            kept.push(added)
            index.add(added)
          } else if (made.kind === 'remove') {
            const gone = kept[made.which % Math.max(1, kept.length)]
            if (gone === undefined) continue
            kept = kept.filter((other) => other !== gone)
            expect(index.remove(gone)).toBe(true)
            expect(index.remove(gone)).toBe(false)
          } else {
            const range = { low: at(made.low + 1), high: at(made.low + 1 + made.spread) }
            const expected = kept.filter((other) => isReached(other.direction, other.price, range))
            expect(index.takeFired(range).map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
            kept = kept.filter((other) => !expected.includes(other))
          }
          expect(index.size).toBe(kept.length)
        }
      }),
      { seed: 7, numRuns: runs(500) },
    )
  })
})
