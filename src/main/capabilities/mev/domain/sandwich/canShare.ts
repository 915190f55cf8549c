import type { AttackModel, Attempt } from './AttackModel.ts'

const PRECISION_E6 = 1_000_000n
// Gains below this part of the profit are not looked for.
const WORTHWHILE = 1e-4

/**
 * Whether attacks on two pools together could take notably more than the better one alone. Profit is concave in the tolerance
 * that it uses up, so the other pool's first bit of tolerance must earn more than the better pool's last bit.
 */
export function canShare(model: AttackModel, limit: bigint, pair: readonly [Attempt, Attempt]): boolean {
  const [better, other] = pair[0].profit >= pair[1].profit ? pair : ([pair[1], pair[0]] as const)
  const earned = Number(better.profit + better.gasCost)
  const otherEarned = Number(other.profit + other.gasCost)
  if (earned <= 0 || otherEarned <= 0) return false
  const total = Number(model.slack([], limit) ?? 0n)
  const spare = slackAfter(model, better, limit)
  // The better pool leaves tolerance over that the other can have for nothing.
  if (spare * 50 > total) return true
  const lastBit = earnedPerSlack(model, limit, better, 0.97, 1)
  const firstBit = earnedPerSlack(model, limit, other, 0.01, 0.04)
  return (firstBit - lastBit) * total > earned * WORTHWHILE
}

/** Profit by slack used up between two shares of an attempt's front-runs. */
function earnedPerSlack(
  model: AttackModel,
  limit: bigint,
  attempt: Attempt,
  from: number,
  to: number,
): number {
  const [low, high] = [from, to].map((share) =>
    model.attempt(
      attempt.strikes.map(({ leg, amountIn }) => ({
        leg,
        amountIn: (amountIn * BigInt(Math.round(share * 1e6))) / PRECISION_E6,
      })),
    ),
  )
  if (low === undefined || high === undefined) return 0
  const used = slackAfter(model, low, limit) - slackAfter(model, high, limit)
  const earned = Number(high.profit + high.gasCost - low.profit - low.gasCost)
  return used <= 0 ? 0 : earned / used
}

function slackAfter(model: AttackModel, attempt: Attempt, limit: bigint): number {
  return Number(model.slackOf(attempt.run, limit))
}
