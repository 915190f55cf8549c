import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../../../shared/testing/thoroughness.ts'
import {
  logOfSqrtPrice,
  logOfTick,
  MAX_SQRT_PRICE,
  MAX_TICK,
  MIN_SQRT_PRICE,
  MIN_TICK,
  sqrtPriceAtTick,
  tickAtSqrtPrice,
} from './tickMath.ts'

const tick = fc.integer({ min: MIN_TICK, max: MAX_TICK })

function squareRoot(value: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2))
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** sqrt(1.0001^tick) * 2^96 from whole powers: 10001^t and 10000^t have no rounding, only the final root has. */
function independentSqrtPrice(at: number): bigint {
  const power = 10_001n ** BigInt(Math.abs(at))
  const whole = 10_000n ** BigInt(Math.abs(at))
  const [numerator, denominator] = at >= 0 ? [power, whole] : [whole, power]
  return squareRoot((numerator << 192n) / denominator)
}

describe('sqrtPriceAtTick', () => {
  it('ends at the published limits', () => {
    expect(sqrtPriceAtTick(MIN_TICK)).toBe(MIN_SQRT_PRICE)
    expect(sqrtPriceAtTick(MAX_TICK)).toBe(MAX_SQRT_PRICE)
    expect(sqrtPriceAtTick(0)).toBe(1n << 96n)
  })

  it('agrees with whole-number powers to the precision of its 128-bit factors', () => {
    for (const at of [-60_000, -4_055, -1, 1, 2, 3, 255, 8_191, 46_054, 60_000]) {
      const expected = independentSqrtPrice(at)
      const difference = sqrtPriceAtTick(at) - expected
      const allowed = (expected >> 96n) + 2n
      expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(allowed)
    }
  })

  it('refuses ticks beyond the limits', () => {
    expect(() => sqrtPriceAtTick(MAX_TICK + 1)).toThrow(RangeError)
    expect(() => sqrtPriceAtTick(0.5)).toThrow(RangeError)
  })
})

describe('logOfTick', () => {
  it('is the logarithm of the price at the tick, to the precision of floating point', () => {
    for (let at = -400_000; at <= 400_000; at += 7_919) {
      expect(Math.abs(logOfTick(at) - logOfSqrtPrice(sqrtPriceAtTick(at)))).toBeLessThan(5e-14)
    }
  })
})

describe('tickAtSqrtPrice', () => {
  it('is the inverse, at the boundary and one unit below it', () => {
    fc.assert(
      fc.property(
        tick.filter((at) => at < MAX_TICK && at > MIN_TICK),
        (at) => {
          expect(tickAtSqrtPrice(sqrtPriceAtTick(at))).toBe(at)
          expect(tickAtSqrtPrice(sqrtPriceAtTick(at) - 1n)).toBe(at - 1)
        },
      ),
      { numRuns: runs(2_000), seed: 1 },
    )
  })
})
