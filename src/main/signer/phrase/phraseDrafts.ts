import { randomInt, randomUUID } from 'node:crypto'
import { entropyToMnemonic } from '@scure/bip39'
import type { PhraseDraft } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { decodeUtf8, encodeUtf8, randomBytes } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import type { ParsedPhrase } from './parsePhrase.ts'
import { wordlists } from './wordlists.ts'

export interface Confirmation {
  readonly position: number
  /** UTF-8. */
  readonly word: Uint8Array
}

export interface PhraseDrafts {
  /** A fresh English phrase, kept for ten minutes. */
  create(words: 12 | 24): PhraseDraft
  /**
   * The draft's entropy (the drafts' own memory: copy what is to last), once the asked words are right. The draft
   * stays until it is discarded, so that a wrong word or a failed write can be tried again.
   *
   * @throws AppError `vault.draftExpired`, `vault.confirmationFailed`
   */
  confirm(draftId: string, confirmations: readonly Confirmation[]): ParsedPhrase
  discard(draftId: string): void
  clear(): void
}

export const draftLifetimeMs = 10 * 60_000
const confirmedWords = { 12: 4, 24: 6 } as const
const maximumDrafts = 4

interface Draft {
  readonly entropy: Uint8Array
  readonly positions: readonly number[]
  readonly expiresAtMs: number
}

export function createPhraseDrafts(nowMs: () => number): PhraseDrafts {
  const drafts = new Map<string, Draft>()

  function discard(draftId: string): void {
    wipe(drafts.get(draftId)?.entropy)
    drafts.delete(draftId)
  }

  function discardOld(): void {
    for (const [draftId, draft] of drafts) if (draft.expiresAtMs <= nowMs()) discard(draftId)
    for (const draftId of [...drafts.keys()].slice(0, Math.max(0, drafts.size - maximumDrafts + 1))) {
      discard(draftId)
    }
  }

  return {
    create(words) {
      discardOld()
      const entropy = randomBytes(words === 12 ? 16 : 32)
      const positions = drawPositions(words, confirmedWords[words])
      const draftId = randomUUID()
      drafts.set(draftId, { entropy, positions, expiresAtMs: nowMs() + draftLifetimeMs })
      return {
        draftId,
        phrase: encodeUtf8(entropyToMnemonic(entropy, wordlists.english)),
        confirmPositions: [...positions],
      }
    },

    confirm(draftId, confirmations) {
      const draft = drafts.get(draftId)
      if (!draft || draft.expiresAtMs <= nowMs()) {
        discard(draftId)
        throw new AppError('vault.draftExpired')
      }
      const words = entropyToMnemonic(draft.entropy, wordlists.english).split(' ')
      for (const position of draft.positions) {
        const given = confirmations.filter((confirmation) => confirmation.position === position)
        const word = given[0]?.word
        const matches =
          given.length === 1 &&
          word !== undefined &&
          decodeUtf8(word).normalize('NFKD').trim().toLowerCase() === words[position - 1]
        if (!matches) throw new AppError('vault.confirmationFailed', { position })
      }
      return { language: 'english', entropy: draft.entropy }
    },

    discard,

    clear() {
      for (const draftId of drafts.keys()) discard(draftId)
    },
  }
}

/** Distinct positions from 1, ascending. */
function drawPositions(words: number, count: number): number[] {
  const positions = new Set<number>()
  while (positions.size < count) positions.add(randomInt(1, words + 1))
  return [...positions].sort((a, b) => a - b)
}
