import fc from 'fast-check'
import { expect, test } from 'vitest'
import { computeFees } from './computeFees.ts'
import type { FeeHistory } from './FeeHistory.ts'

const gwei = 1_000_000_000n
const wei = fc.bigInt({ min: 0n, max: 10n ** 13n })
const histories: fc.Arbitrary<FeeHistory> = fc.record({
  baseFeesPerGas: fc.array(wei, { minLength: 1, maxLength: 21 }),
  gasUsedRatios: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }),
  rewards: fc.array(fc.array(wei, { maxLength: 4 }), { maxLength: 20 }),
})

test('takes the median tip of the blocks that had any transactions', () => {
  const history = {
    baseFeesPerGas: [9n * gwei, 10n * gwei],
    gasUsedRatios: [0.5, 0, 0.4, 0.9],
    rewards: [
      [1n, 20n, 300n],
      [0n, 0n, 0n],
      [2n, 30n, 400n],
      [3n, 40n, 500n],
    ],
  }
  expect(computeFees(history, 'slow', 0n)).toEqual({
    baseFeePerGas: 10n * gwei,
    maxFeePerGas: 12_500_000_002n,
    maxPriorityFeePerGas: 2n,
  })
  expect(computeFees(history, 'normal', 0n).maxPriorityFeePerGas).toBe(30n)
  expect(computeFees(history, 'fast', 0n)).toMatchObject({ maxFeePerGas: 30n * gwei + 400n })
  expect(computeFees(history, 'normal', 1000n).maxPriorityFeePerGas).toBe(1000n)
})

test('a faster speed never pays less, whatever a node says', () => {
  fc.assert(
    fc.property(histories, wei, (history, minimum) => {
      const [slow, normal, fast] = (['slow', 'normal', 'fast'] as const).map((speed) =>
        computeFees(history, speed, minimum),
      )
      if (!slow || !normal || !fast) throw new Error('three speeds')
      expect(slow.maxPriorityFeePerGas).toBeGreaterThanOrEqual(minimum)
      expect(normal.maxPriorityFeePerGas).toBeGreaterThanOrEqual(slow.maxPriorityFeePerGas)
      expect(fast.maxPriorityFeePerGas).toBeGreaterThanOrEqual(normal.maxPriorityFeePerGas)
      expect(normal.maxFeePerGas).toBeGreaterThanOrEqual(slow.maxFeePerGas)
      expect(fast.maxFeePerGas).toBeGreaterThanOrEqual(normal.maxFeePerGas)
      for (const fees of [slow, normal, fast]) {
        // Survives at least one block of the steepest rise (an eighth), or it might never be taken.
        expect(fees.maxFeePerGas - fees.maxPriorityFeePerGas).toBeGreaterThanOrEqual(
          (fees.baseFeePerGas * 9n) / 8n,
        )
      }
    }),
  )
})
