import type { PhraseDraft } from '../../../shared/contract/vault.ts'

export type DraftedPhrase = PhraseDraft

export interface ConfirmedWord {
  readonly position: number
  readonly word: Uint8Array<ArrayBuffer>
}

/** The words of a phrase, for the moment in which they are drawn or compared. */
export function wordsOf(phrase: Uint8Array<ArrayBuffer>): readonly string[] {
  return new TextDecoder().decode(phrase).split(' ')
}

/** A word as it is compared: people capitalise, and keyboards add spaces. */
export function normalizeWord(word: string): string {
  return word.trim().normalize('NFKD').toLowerCase()
}
