import { describe, expect, it } from 'vitest'
import { decodeUtf8 } from '../memory/bytes.ts'
import { utf8 } from '../testing/createTestSigner.ts'
import { parsePhrase } from './parsePhrase.ts'
import { createPhraseDrafts, draftLifetimeMs } from './phraseDrafts.ts'

function createDrafts() {
  const clock = { nowMs: 0 }
  return { clock, drafts: createPhraseDrafts(() => clock.nowMs) }
}

function answer(phrase: Uint8Array, positions: readonly number[]) {
  const words = decodeUtf8(phrase).split(' ')
  return positions.map((position) => ({ position, word: utf8(words[position - 1] ?? '') }))
}

describe('createPhraseDrafts', () => {
  it.each([12, 24] as const)('makes a valid phrase of %i words and asks for some of them', (words) => {
    const { drafts } = createDrafts()
    const draft = drafts.create(words)
    expect(decodeUtf8(draft.phrase).split(' ')).toHaveLength(words)
    expect(new Set(draft.confirmPositions).size).toBeGreaterThanOrEqual(4)
    expect(draft.confirmPositions.every((position) => position >= 1 && position <= words)).toBe(true)
    const confirmed = drafts.confirm(draft.draftId, answer(draft.phrase, draft.confirmPositions))
    expect(confirmed).toEqual(parsePhrase(draft.phrase))
  })

  it('never gives the same phrase or always the same positions', () => {
    const { drafts } = createDrafts()
    const made = Array.from({ length: 30 }, () => drafts.create(12))
    expect(new Set(made.map(({ phrase }) => decodeUtf8(phrase))).size).toBe(30)
    expect(new Set(made.map(({ confirmPositions }) => confirmPositions.join())).size).toBeGreaterThan(10)
  })

  it('names the position of a wrong, a missing and a doubled answer, and can be tried again', () => {
    const { drafts } = createDrafts()
    const { draftId, phrase, confirmPositions } = drafts.create(12)
    const right = answer(phrase, confirmPositions)
    const [first, second] = confirmPositions
    const wrong = right.map((each) => (each.position === second ? { ...each, word: utf8('zebra ') } : each))
    for (const [confirmations, position] of [
      [wrong, second],
      [right.slice(1), first],
      [[], first],
      [[...right, ...right.slice(0, 1)], first],
    ] as const) {
      expect(() => drafts.confirm(draftId, confirmations)).toThrow(
        expect.objectContaining({ code: 'vault.confirmationFailed', params: { position } }),
      )
    }
    expect(drafts.confirm(draftId, right).entropy).toHaveLength(16)
  })

  it('takes words as people type them', () => {
    const { drafts } = createDrafts()
    const { draftId, phrase, confirmPositions } = drafts.create(12)
    const typed = answer(phrase, confirmPositions).map(({ position, word }) => ({
      position,
      word: utf8(` ${decodeUtf8(word).toUpperCase()}\n`),
    }))
    expect(drafts.confirm(draftId, typed).entropy).toHaveLength(16)
  })

  it('forgets a draft after ten minutes, when discarded, and when five newer ones exist', () => {
    const { clock, drafts } = createDrafts()
    const expired = expect.objectContaining({ code: 'vault.draftExpired' })
    const old = drafts.create(12)
    clock.nowMs = draftLifetimeMs
    expect(() => drafts.confirm(old.draftId, answer(old.phrase, old.confirmPositions))).toThrow(expired)

    const discarded = drafts.create(12)
    const { entropy } = drafts.confirm(
      discarded.draftId,
      answer(discarded.phrase, discarded.confirmPositions),
    )
    drafts.discard(discarded.draftId)
    expect(entropy.every((byte) => byte === 0)).toBe(true)
    expect(() => drafts.confirm(discarded.draftId, [])).toThrow(expired)

    const pushedOut = drafts.create(12)
    for (let count = 0; count < 4; count++) drafts.create(12)
    expect(() => drafts.confirm(pushedOut.draftId, [])).toThrow(expired)
  })
})
