import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readTestCases } from '../testing/readTestCases.ts'
import { phraseLanguages } from './phraseLanguages.ts'
import { wordlists } from './wordlists.ts'

/** SHA-256 of each list in the repository of BIP-39: its words in NFKD, one a line, without a line feed at the end. */
const digests = {
  english: '187db04a869dd9bc7be80d21a86497d692c0db6abd3aa8cb6be5d618ff757fae',
  japanese: 'a3c2aa5c689341519e8a579e28d2956910313e372b04cf0f31baef40dc44d69c',
  korean: 'e7375c57574d3f2db755dedda43ff20d6166e2f0cad4c9618b6f7929b8b39aed',
  spanish: '2f06d28020d49115a2e502fb6042aaa593e90773edb947685482d05ee2af6a03',
  simplifiedChinese: '106cc8387ac3fc7d44ca1072e30a0b27ed017b1d377501bb909c2833ef60c186',
  traditionalChinese: '407312f9014543242bd157c255125a753ac60128fc15883a33b8685a9328b0cc',
  french: 'b8caec12319d0ffb127c84e42c8866c86a54ac9951fe2cfbf902d35552c65e4f',
  italian: 'ffefe450a4be8015d9c291d6ae305ab7e814e822113fa874268c3074af42b27e',
  czech: '63a3babb46c556473cd58ddf195dcd2a91aff3674a9656efa6e0ad8598875f3e',
  portuguese: '882265ece9ce1178b9fe47463d571dfa399c6fc7cb17895eb2767f1930c945eb',
} as const

/** How `@ethersproject/testcases` calls them; it has no Portuguese one. */
const locales: Readonly<Record<string, keyof typeof digests>> = {
  cz: 'czech',
  en: 'english',
  es: 'spanish',
  fr: 'french',
  it: 'italian',
  ja: 'japanese',
  ko: 'korean',
  zh_cn: 'simplifiedChinese',
  zh_tw: 'traditionalChinese',
}
const published = z
  .array(z.object({ locale: z.string(), content: z.string() }))
  .parse(readTestCases('wordlists'))
const inNfkd = (words: readonly string[]) => words.join('\n').normalize('NFKD')

describe('the word lists', () => {
  it.each(phraseLanguages)('%s is BIP-39’s', (language) => {
    expect(wordlists[language]).toHaveLength(2_048)
    expect(createHash('sha256').update(inNfkd(wordlists[language])).digest('hex')).toBe(digests[language])
  })

  it('are those of @ethersproject/testcases', () => {
    expect(published).toHaveLength(Object.keys(locales).length)
    for (const { locale, content } of published) {
      const language = locales[locale]
      if (!language) throw new Error(`No list for ${locale}`)
      expect(inNfkd(wordlists[language])).toBe(content.trim().normalize('NFKD'))
    }
  })
})
