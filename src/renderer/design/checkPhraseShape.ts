export interface PhraseShape {
  readonly words: readonly string[]
  readonly count: number
  /** The first word that no BIP-39 list can hold, counted from 1. */
  readonly impossible?: { readonly position: string; readonly word: string }
}

/** Numbers of words that a BIP-39 phrase can have. */
export const possibleWordCounts: readonly number[] = [12, 15, 18, 21, 24]

/** Plain letters in the lengths of the lists; other scripts and accents as decomposed letters and marks. */
const possibleWord = /^(?:[a-z]{3,8}|(?=.*[^\0-\x7f])[\p{L}\p{M}]{1,24})$/u

/** Judges the shape of a typed phrase; the word list and the checksum are the signer's to judge. */
export function checkPhraseShape(text: string, when: 'whileTyping' | 'whenDone'): PhraseShape {
  const words = text.normalize('NFKD').toLowerCase().split(/\s+/).filter(Boolean)
  const finished = when === 'whileTyping' && !/\s$/.test(text) ? words.slice(0, -1) : words
  const index = finished.findIndex((word) => !possibleWord.test(word))
  const word = finished[index]
  return word === undefined
    ? { words, count: words.length }
    : { words, count: words.length, impossible: { position: String(index + 1), word: word.slice(0, 24) } }
}
