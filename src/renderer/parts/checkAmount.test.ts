import { describe, expect, it } from 'vitest'
import { checkAmount } from './checkAmount.ts'

describe('checkAmount', () => {
  it.each([
    ['25', undefined],
    ['25.000001', 'amount.overBalance'],
    ['25.0000001', 'amount.tooManyDecimals'],
    ['0.0', 'amount.zero'],
    ['1,000', 'amount.invalid'],
    ['1e3', 'amount.invalid'],
    ['-1', 'amount.invalid'],
    ['', 'amount.invalid'],
    ['max', undefined],
  ])('judges %j of a balance of 25 with 6 decimals as %s', (text, code) => {
    expect(checkAmount(text, 6, 25_000_000n)?.code).toBe(code)
  })

  it('has nothing to send of an empty balance', () => {
    expect(checkAmount('max', 6, 0n)?.code).toBe('amount.overBalance')
  })
})
