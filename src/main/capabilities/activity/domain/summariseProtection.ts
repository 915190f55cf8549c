import type { Activity, ProtectionMonth } from '../../../../shared/contract/activity.ts'
import { tokenKey } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { monthOf } from './monthOf.ts'

/**
 * What attacks cost and what was spared them, month by month, newest first, of trades that are in a block.
 *
 * Spared is what the best attack would have taken from a trade as it was quoted, had everybody seen it with its tolerance, where
 * it was kept from their eyes and not attacked. A month is one of the universal calendar.
 */
export function summariseProtection(activities: readonly Activity[]): ProtectionMonth[] {
  const months = new Map<string, Tally>()
  for (const activity of activities) {
    const { swap, receipt, status, channel, seenInPublic } = activity
    if (!swap || !receipt || status !== 'confirmed') continue
    const month = monthOf(receipt.blockTimestampMs)
    const tally = months.get(month) ?? createTally()
    months.set(month, tally)
    tally.trades += 1
    if (channel && !seenInPublic) tally.privately += 1
    const token = swap.costs?.exact === 'buy' ? activity.token : swap.buy
    const attack = swap.execution?.sandwich
    if (!swap.execution) tally.unexamined += 1
    if (attack) {
      tally.attacked += 1
      add(tally.lost, token, attack.loss ?? 0n)
    } else if (channel && !seenInPublic && swap.costs) add(tally.spared, token, swap.costs.publicLoss)
  }
  return [...months]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([month, { lost, spared, ...counts }]) => ({
      month,
      ...counts,
      lost: [...lost.values()],
      spared: [...spared.values()],
    }))
}

type Sums = Map<string, ProtectionMonth['lost'][number]>

interface Tally {
  trades: number
  privately: number
  attacked: number
  unexamined: number
  readonly lost: Sums
  readonly spared: Sums
}

const createTally = (): Tally => ({
  trades: 0,
  privately: 0,
  attacked: 0,
  unexamined: 0,
  lost: new Map(),
  spared: new Map(),
})

function add(sums: Sums, token: Token, units: bigint): void {
  if (units <= 0n) return
  const key = tokenKey(token.ref)
  sums.set(key, { token, units: baseUnits((sums.get(key)?.units ?? 0n) + units) })
}
