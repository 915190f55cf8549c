import { mnemonicToEntropy } from '@scure/bip39'
import { phraseLengths } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { decodeUtf8 } from '../memory/bytes.ts'
import { type PhraseLanguage, phraseLanguages } from './phraseLanguages.ts'
import { wordlists } from './wordlists.ts'

export interface ParsedPhrase {
  readonly language: PhraseLanguage
  readonly entropy: Uint8Array
}

const lengths: readonly number[] = phraseLengths
const wordSets = new Map<PhraseLanguage, ReadonlySet<string>>()

/**
 * Reads a BIP-39 phrase in any of its languages; white space and the case of letters do not matter.
 *
 * Errors name a word's position, never the word: it may be nine tenths of a secret.
 *
 * @throws AppError `phrase.wrongWordCount`, `phrase.unknownWord`, `phrase.wrongChecksum`
 */
export function parsePhrase(phrase: Uint8Array): ParsedPhrase {
  // BIP-39 compares after NFKD, which also turns the ideographic space of Japanese phrases into a plain one.
  const words = decodeUtf8(phrase)
    .normalize('NFKD')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (!lengths.includes(words.length)) throw new AppError('phrase.wrongWordCount', { count: words.length })

  const candidates = phraseLanguages.map((language) => ({
    language,
    known: words.filter((word) => wordSetOf(language).has(word)).length,
  }))
  const complete = candidates.filter(({ known }) => known === words.length)
  if (complete.length === 0) throw unknownWord(words, candidates)

  // Some words are in two lists (English and French, the two Chinese ones): the checksum says which was meant.
  for (const { language } of complete) {
    try {
      return { language, entropy: mnemonicToEntropy(words.join(' '), wordlists[language]) }
    } catch {
      // Only the checksum is left to fail; its error text holds the words and goes no further.
    }
  }
  throw new AppError('phrase.wrongChecksum')
}

function unknownWord(words: string[], candidates: { language: PhraseLanguage; known: number }[]): AppError {
  const likeliest = candidates.reduce((best, next) => (next.known > best.known ? next : best))
  const position = words.findIndex((word) => !wordSetOf(likeliest.language).has(word)) + 1
  return new AppError('phrase.unknownWord', { position })
}

function wordSetOf(language: PhraseLanguage): ReadonlySet<string> {
  let set = wordSets.get(language)
  if (!set) {
    set = new Set(wordlists[language].map((word) => word.normalize('NFKD')))
    wordSets.set(language, set)
  }
  return set
}
