import type { AttackModel, FrontRun } from './AttackModel.ts'
import { estimateFrontRun } from './estimateFrontRun.ts'
import { findLargest } from './findLargest.ts'

/** The largest front-run of one leg that lets the trade succeed, others being given; undefined where it moves nothing. */
export function largestFrontRun(
  model: AttackModel,
  limit: bigint,
  leg: number,
  others: readonly FrontRun[] = [],
  hint?: { readonly guess: bigint; readonly precisionBits: bigint },
): bigint | undefined {
  const untouched = model.slack(others, limit)
  if (untouched === undefined) return undefined
  const { trade, legs } = model.compiled
  const closedForm = others.length === 0 ? estimateFrontRun(trade, limit) : undefined
  return findLargest(
    (amountIn) => model.slack([...others, { leg, amountIn }], limit),
    untouched,
    hint?.guess ?? closedForm ?? (legs[leg]?.amountIn ?? 0n) / 1000n + 1n,
    hint?.precisionBits,
  )
}
