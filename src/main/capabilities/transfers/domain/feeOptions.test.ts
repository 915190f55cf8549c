import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wei } from '../../../../shared/money/units.ts'
import { computeFees } from './computeFees.ts'
import {
  addDataMargin,
  computeExactFees,
  effectiveFeePerGas,
  estimateWaitBlocks,
  listFeeOptions,
} from './feeOptions.ts'

const history = (tips: readonly bigint[]) => ({
  baseFeesPerGas: [...tips.map(() => 10n ** 9n), 10n ** 9n],
  gasUsedRatios: tips.map(() => 0.5),
  rewards: tips.map((tip) => [tip, tip * 2n, tip * 4n]),
})

describe('how long a transaction waits', () => {
  test.each([
    ['one block where every block took less', [1n, 2n, 3n], 5n, 1],
    ['two where every other did', [1n, 9n, 1n, 9n], 5n, 2],
    ['the longest where none did', [9n, 9n], 5n, 30],
    ['one where nothing is known', [], 5n, 1],
  ])('%s', (_name, tips, tip, blocks) => {
    expect(estimateWaitBlocks(history(tips), tip)).toBe(blocks)
  })

  test('no more for a higher tip', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 100n)), fc.bigInt(0n, 100n), fc.bigInt(0n, 100n), (tips, a, b) => {
        const lower = estimateWaitBlocks(history(tips), a)
        expect(estimateWaitBlocks(history(tips), a + b)).toBeLessThanOrEqual(lower)
      }),
    )
  })
})

test('a faster option costs no less and waits no longer, and the data fee is in each', () => {
  const options = listFeeOptions({
    history: history([3n, 9n, 4n, 7n]),
    minimumTip: 1n,
    gasLimit: 21_000n,
    gasUsed: 21_000n,
    dataFee: 1_000n,
    blockTimeSeconds: 12,
  })
  for (const [index, option] of options.entries()) {
    expect(option.expected > 1_000n && option.maximum >= option.expected).toBe(true)
    const slower = options[index - 1]
    if (!slower) continue
    expect(option.maximum >= slower.maximum).toBe(true)
    expect(option.waitSeconds).toBeLessThanOrEqual(slower.waitSeconds)
  }
})

test('an exact fee is paid to the unit whatever the base fee turns out to be', () => {
  const recent = history([5n])
  const fees = computeExactFees(recent, computeFees(recent, 'normal', 1n))
  for (const baseFee of [0n, 10n ** 9n, fees.maxFeePerGas]) {
    expect(effectiveFeePerGas({ ...fees, baseFeePerGas: wei(baseFee) })).toBe(fees.maxFeePerGas)
  }
})

test('the data fee may rise by a quarter', () => {
  expect([addDataMargin(undefined), addDataMargin(1n), addDataMargin(100n)]).toEqual([0n, 2n, 125n])
})
