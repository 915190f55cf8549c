import { describe, expect, it } from 'vitest'
import { estimatePasswordStrength } from './estimatePasswordStrength.ts'

describe('estimatePasswordStrength', () => {
  it.each([
    ['short', 'weak'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['12345678', 'weak'],
    ['abcdefghijklmnop', 'weak'],
    ['password1', 'fair'],
    ['correct horse battery staple', 'strong'],
  ])('calls %s %s', (password, strength) => {
    expect(estimatePasswordStrength(password)).toBe(strength)
  })

  it('never calls a longer repetition of one character better', () => {
    expect(estimatePasswordStrength('z'.repeat(500))).toBe('weak')
  })
})
