import type { Attempt } from './AttackModel.ts'

/** The one that leaves more; either where the other is missing. */
export function better(a: Attempt | undefined, b: Attempt | undefined): Attempt | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return b.profit > a.profit ? b : a
}
