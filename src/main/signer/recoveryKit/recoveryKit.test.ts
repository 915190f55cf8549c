import { bech32m } from '@scure/base'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../shared/testing/thoroughness.ts'
import { decodeUtf8 } from '../memory/bytes.ts'
import { utf8 } from '../testing/createTestSigner.ts'
import { encodeRecoveryKit, parseRecoveryKit } from './recoveryKit.ts'

const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 })
const invalid = expect.objectContaining({ code: 'recoveryKit.invalid' })

describe('recovery kit', () => {
  it('has the same form for ever: papers outlive programs', () => {
    expect(decodeUtf8(encodeRecoveryKit(Uint8Array.from({ length: 32 }, (_, index) => index)))).toBe(
      'MINATO1 QYQQ ZQSR QSZS VPCG PY9Q KRQD PC83 QYGJ ZV2P 29SH RQV3 5XCU R50P 75U2 0K6',
    )
  })

  it('comes back from paper, however it was typed', () => {
    fc.assert(
      fc.property(
        secrets,
        fc.constantFrom(
          (code: string) => code,
          (code: string) => code.toLowerCase(),
          (code: string) => code.replaceAll(' ', ''),
          (code: string) => code.replaceAll(' ', '-'),
          (code: string) => `  ${code.replaceAll(' ', '\n')}\n`,
          // Full-width characters of a Japanese or Chinese input method.
          (code: string) =>
            code.replaceAll(/[!-~]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0)),
          // Look-alikes.
          (code: string) => code.replaceAll('0', 'O'),
          (code: string) => code.toLowerCase().replace('minato1', 'MINATO1').replaceAll('l', '1'),
        ),
        (secret, type) => {
          const typed = type(decodeUtf8(encodeRecoveryKit(secret)))
          expect(parseRecoveryKit(utf8(typed))).toEqual(secret)
        },
      ),
      { numRuns: runs(400), seed: 350 },
    )
  })

  it('finds up to four wrong characters anywhere, every time', () => {
    const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
    fc.assert(
      fc.property(
        secrets,
        fc.uniqueArray(fc.nat(58), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 4, maxLength: 4 }),
        (secret, places, shifts) => {
          const code = decodeUtf8(encodeRecoveryKit(secret)).toLowerCase().replaceAll(' ', '')
          const characters = [...code]
          places.forEach((place, index) => {
            const at = 'minato1'.length + place
            const value = alphabet.indexOf(characters[at] ?? '')
            characters[at] = alphabet[(value + (shifts[index] ?? 1)) % 32] ?? ''
          })
          expect(characters.join('')).not.toBe(code)
          expect(() => parseRecoveryKit(utf8(characters.join('')))).toThrow(invalid)
        },
      ),
      { numRuns: runs(2_000), seed: 350 },
    )
  })

  it('refuses every beginning of a kit', () => {
    const code = decodeUtf8(encodeRecoveryKit(new Uint8Array(32).fill(7)))
    for (let length = 0; length < code.length; length++) {
      expect(() => parseRecoveryKit(utf8(code.slice(0, length)))).toThrow(invalid)
    }
  })

  it('refuses codes of other programs, versions and lengths', () => {
    const words = (bytes: Uint8Array) => bech32m.toWords(bytes)
    for (const code of [
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
      bech32m.encode('minato', words(Uint8Array.of(2, ...new Uint8Array(32)))),
      bech32m.encode('minato', words(Uint8Array.of(1, ...new Uint8Array(31)))),
      bech32m.encode('minato', words(Uint8Array.of(1, ...new Uint8Array(33)))),
      'minato1',
      'minato',
    ]) {
      expect(() => parseRecoveryKit(utf8(code))).toThrow(invalid)
    }
  })
})
