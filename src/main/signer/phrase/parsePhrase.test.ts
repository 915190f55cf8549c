import { entropyToMnemonic } from '@scure/bip39'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../shared/errors/AppError.ts'
import { runs } from '../../../shared/testing/thoroughness.ts'
import { encodeHex } from '../memory/bytes.ts'
import { otherPublishedPhrase, publishedPhrase, utf8 } from '../testing/createTestSigner.ts'
import { parsePhrase } from './parsePhrase.ts'
import { phraseLanguages } from './phraseLanguages.ts'
import { wordlists } from './wordlists.ts'

function failureOf(phrase: string): { code: string; params: unknown } {
  try {
    parsePhrase(utf8(phrase))
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, params: error.params }
    throw error
  }
  throw new Error('It was accepted')
}

const entropy = fc
  .constantFrom(16, 20, 24, 28, 32)
  .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))

describe('parsePhrase', () => {
  // Entropy and phrase as in the vectors that BIP-39 links to.
  it.each([
    ['7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f', publishedPhrase],
    ['00000000000000000000000000000000', otherPublishedPhrase],
    ['ffffffffffffffffffffffffffffffff', 'zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong'],
    [
      '8080808080808080808080808080808080808080808080808080808080808080',
      'letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless',
    ],
    [
      '9e885d952ad362caeb4efe34a8e91bd2',
      'ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic',
    ],
  ])('reads the published phrase of %s', (expected, phrase) => {
    const parsed = parsePhrase(utf8(phrase))
    expect(encodeHex(parsed.entropy)).toBe(expected)
    expect(parsed.language).toBe('english')
  })

  it.each(phraseLanguages)('reads every phrase in %s, composed or decomposed', (language) => {
    fc.assert(
      fc.property(entropy, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (bytes, form) => {
        const phrase = entropyToMnemonic(bytes, wordlists[language])
        const parsed = parsePhrase(utf8(phrase.normalize(form)))
        // Another language may hold all the words too; the phrase it stands for must be the same then.
        const again = entropyToMnemonic(parsed.entropy, wordlists[parsed.language])
        expect(again.normalize('NFKD')).toBe(phrase.normalize('NFKD'))
      }),
      { numRuns: runs(25), seed: 39 },
    )
  })

  it('does not mind white space and capitals', () => {
    const untidy = `\n  ${publishedPhrase.toUpperCase().replaceAll(' ', ' \t\u3000')}  `
    expect(encodeHex(parsePhrase(utf8(untidy)).entropy)).toBe('7f'.repeat(16))
  })

  it('says how many words it saw', () => {
    expect(failureOf('')).toEqual({ code: 'phrase.wrongWordCount', params: { count: 0 } })
    expect(failureOf(`${publishedPhrase} yellow`)).toEqual({
      code: 'phrase.wrongWordCount',
      params: { count: 13 },
    })
  })

  it('names the position of an unknown word and never the word', () => {
    const phrase = publishedPhrase.replace('sausage', 'sausagge')
    expect(failureOf(phrase)).toEqual({ code: 'phrase.unknownWord', params: { position: 6 } })
    const japanese = entropyToMnemonic(new Uint8Array(16), wordlists.japanese).split('\u3000')
    japanese[11] = 'abandon'
    expect(failureOf(japanese.join(' '))).toEqual({ code: 'phrase.unknownWord', params: { position: 12 } })
  })

  it('finds every pair of swapped words that the checksum can find', () => {
    expect(failureOf(publishedPhrase.replace('yellow', 'year'))).toEqual({
      code: 'phrase.wrongChecksum',
      params: {},
    })
  })

  it('refuses what is not text', () => {
    expect(() => parsePhrase(Uint8Array.of(0xff, 0xfe))).toThrow(
      expect.objectContaining({ code: 'request.invalid' }),
    )
  })
})
