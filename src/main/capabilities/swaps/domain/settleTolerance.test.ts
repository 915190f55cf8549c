import { describe, expect, it } from 'vitest'
import type { AutomaticTolerance } from '../../mev/index.ts'
import { settleTolerance } from './settleTolerance.ts'

const movement = {
  volatility: { perRootSecond: 1e-4, returns: 100 },
  inclusion: { firstMs: 12_000, blockTimeMs: 12_000, chancePerBlock: 1 },
}
const settle = (chosen: AutomaticTolerance, wanted: number | 'auto' = 'auto', isPublic = true) =>
  settleTolerance({
    wanted,
    exposure: { chooseTolerance: () => chosen, failureAt: () => 0.2 } as never,
    movement,
    isPublic,
    isConversion: false,
  })
const conflict = (safeBps: number | undefined): AutomaticTolerance => ({
  kind: 'conflict',
  toleranceBps: safeBps ?? 0,
  failureProbability: 0.2,
  safeBps,
  neededBps: 40,
  suggestions: [{ kind: 'privateChannel', toleranceBps: 40 }],
})

describe('settleTolerance', () => {
  it('takes in public what is safe, and says what the price would need', () => {
    expect(settle(conflict(12))).toMatchObject({
      bps: 12,
      from: 'safety',
      isTight: true,
      neededBps: 40,
      conflict: { safeBps: 12 },
    })
  })

  it('allows nothing where not even the quote itself is safe, and calls nothing safe', () => {
    const settled = settle(conflict(undefined))
    expect(settled).toMatchObject({ bps: 0, from: 'safety', isTight: true })
    expect(settled.conflict).toMatchObject({ safeBps: undefined })
    expect(settled.conflict?.suggestions).toEqual([{ kind: 'privateChannel', toleranceBps: 40 }])
  })

  it('leaves the user’s own tolerance as it is, and tells the conflict all the same', () => {
    const settled = settle(conflict(undefined), 100)
    expect(settled).toMatchObject({ bps: 100, from: 'user', isTight: false })
    expect(settled.conflict).toBeDefined()
  })

  it('knows no cap where nobody looks on', () => {
    const hidden: AutomaticTolerance = {
      kind: 'settled',
      toleranceBps: 40,
      failureProbability: 0.01,
      safeBps: undefined,
    }
    expect(settle(hidden, 'auto', false)).toMatchObject({ bps: 40, from: 'volatility', conflict: undefined })
  })
})
