import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { parsePercent } from './percent.ts'

describe('parsePercent', () => {
  it.each([
    ['0.5', 50],
    ['12', 1_200],
    ['3.', 300],
    ['0.05 %', 5],
    ['50', 5_000],
    ['50.01', undefined],
    ['0.005', undefined],
    ['1,5', undefined],
    ['-1', undefined],
    ['', undefined],
  ])('reads %j as %s hundredths of a percent', (text, bps) => {
    expect(parsePercent(text, 5_000)).toBe(bps)
  })

  it('reads back what is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), (bps) => {
        expect(parsePercent(formatBps(bps, 'en').replace('%', ''), 5_000)).toBe(bps)
      }),
    )
  })
})
