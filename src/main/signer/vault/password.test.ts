import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../shared/testing/thoroughness.ts'
import { utf8 } from '../testing/createTestSigner.ts'
import { normalizePassword, parseNewPassword } from './password.ts'

describe('normalizePassword', () => {
  it('makes the same bytes of every way to type a password', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const expected = utf8(text.normalize('NFKC'))
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) {
          expect(normalizePassword(utf8(text.normalize(form)))).toEqual(expected)
        }
      }),
      { numRuns: runs(500), seed: 2 },
    )
  })

  it('takes full-width letters for the plain ones', () => {
    expect(normalizePassword(utf8('ｐａｓｓ１２３４'))).toEqual(utf8('pass1234'))
  })

  it('keeps a byte order mark and spaces: they are part of a password', () => {
    expect(normalizePassword(utf8('\uFEFF é '))).toEqual(utf8('\uFEFF é '))
  })

  it('returns a copy, so that wiping one leaves the other', () => {
    const password = utf8('pass1234')
    normalizePassword(password).fill(0)
    expect(password).toEqual(utf8('pass1234'))
  })
})

describe('parseNewPassword', () => {
  it('counts characters, not bytes, after normalising', () => {
    expect(parseNewPassword(utf8('港港港港港港港港'))).toHaveLength(24)
    expect(parseNewPassword(utf8('😀😀😀😀😀😀😀😀'))).toHaveLength(32)
    for (const short of ['', '1234567', '港港港港港港港', 'e\u0301'.repeat(7)]) {
      expect(() => parseNewPassword(utf8(short))).toThrow(
        expect.objectContaining({
          code: 'vault.weakPassword',
          params: { reason: 'tooShort', minimum: 8 },
        }),
      )
    }
  })

  it('takes 1,024 bytes and no more', () => {
    expect(parseNewPassword(utf8('a'.repeat(1024)))).toHaveLength(1024)
    expect(() => parseNewPassword(utf8('a'.repeat(1025)))).toThrow(
      expect.objectContaining({ code: 'vault.weakPassword' }),
    )
  })

  it('refuses what is not UTF-8', () => {
    expect(() => parseNewPassword(new Uint8Array(9).fill(0xff))).toThrow(
      expect.objectContaining({ code: 'request.invalid' }),
    )
  })
})
