import { expect, test } from 'vitest'
import type { HistoryGap } from '../../../shared/contract/activity.ts'
import { placeGaps } from './placeGaps.ts'

test('a gap stands where the entries that are missing would', () => {
  const items = [9_000, 7_000, 7_000, 3_000].map((createdAtMs, index) => ({ id: `${index}`, createdAtMs }))
  const gap = (firstMs: number, lastMs: number) => ({ firstMs, lastMs }) as HistoryGap
  const [late, early, older] = [gap(4_000, 7_000), gap(1_000, 2_000), gap(5_000, 9_000)]
  expect([...placeGaps([late, early, older], items)]).toEqual([
    ['3', [late]],
    ['1', [older]],
  ])
})
