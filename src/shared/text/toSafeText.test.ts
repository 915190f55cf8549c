import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePoint } from '../testing/codePoint.ts'
import { toSafeText } from './toSafeText.ts'

test('keeps ordinary text of any script', () => {
  expect(toSafeText('execution reverted: 港 Ünïcode', 100)).toBe('execution reverted: 港 Ünïcode')
})

test('removes what could forge or reorder a line', () => {
  expect(toSafeText('US\u200bDC\u202eevil\nnext\u0000', 100)).toBe('US DC evil next')
})

test('flattens piles of combining marks', () => {
  expect(toSafeText(`a${'\u0301'.repeat(50)}`, 100).length).toBeLessThanOrEqual(3)
})

test('never exceeds its length and is stable', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: codePoint, maxLength: 400 }),
      fc.integer({ min: 1, max: 60 }),
      (text, max) => {
        const safe = toSafeText(text, max)
        expect([...safe].length).toBeLessThanOrEqual(max)
        expect(safe).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        expect(toSafeText(safe, max)).toBe(safe)
      },
    ),
  )
})
