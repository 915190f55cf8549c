import type { SandwichDrawing } from '../../../shared/contract/swaps.ts'

interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Heights of the price at each step, and of the limit; for drawing. */
export interface SandwichLayout {
  /** Attacker's purchase, the trade, attacker's sale: the path of each through the price. */
  readonly moves: readonly {
    readonly by: 'attacker' | 'own'
    readonly path: string
    readonly middle: number
    readonly top: number
  }[]
  readonly rest: readonly string[]
  readonly limit: number
  readonly quoted: number
}

/** Lays out what happens to a price, dearer being higher, to scale between the lowest and the highest of its levels. */
export function layoutSandwich(drawing: SandwichDrawing, frame: Frame): SandwichLayout {
  const { afterFrontRun, afterTrade, afterBackRun, quoted, limit, isAttacked } = drawing
  const levels = [1, afterFrontRun, afterTrade, afterBackRun, quoted, limit]
  const [low, high] = [Math.min(...levels), Math.max(...levels)]
  const span = high - low || 1
  const y = (price: number) => frame.bottom - ((price - low) / span) * (frame.bottom - frame.top)
  const steps = isAttacked
    ? ([
        ['attacker', 1, afterFrontRun],
        ['own', afterFrontRun, afterTrade],
        ['attacker', afterTrade, afterBackRun],
      ] as const)
    : ([['own', 1, afterTrade]] as const)
  const width = (frame.right - frame.left) / (steps.length * 2 + 1)
  const x = (at: number) => frame.left + width * at
  const flat = (at: number, price: number) => `M${x(at)} ${y(price)}H${x(at + 1)}`
  return {
    moves: steps.map(([by, from, to], index) => {
      const at = index * 2 + 1
      const half = x(at) + width / 2
      return {
        by,
        path: `M${x(at)} ${y(from)}C${half} ${y(from)} ${half} ${y(to)} ${x(at + 1)} ${y(to)}`,
        middle: half,
        top: Math.min(y(from), y(to)),
      }
    }),
    rest: [flat(0, 1), ...steps.map(([, , to], index) => flat(index * 2 + 2, to))],
    limit: y(limit),
    quoted: y(quoted),
  }
}
