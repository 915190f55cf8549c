import type { Activity, ProtectionMonth } from '../../../../shared/contract/activity.ts'
import type { ReferenceCurrency } from '../../../../shared/contract/settings.ts'
import { tokenKey } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { monthOf } from './monthOf.ts'

/** What things were worth, in the user's currency. */
export interface WorthThen {
  readonly currency: ReferenceCurrency
  /** In units of 10^-18 of the currency; `undefined` where nothing is known of the price at that time. */
  find(token: Token, units: bigint, atMs: number): bigint | undefined
}

/**
 * What attacks cost and what was spared them, month by month, newest first, of trades that are in a block.
 *
 * Spared is what the best attack would have taken from a trade as it was quoted, had everybody seen it with its tolerance, where
 * it was kept from their eyes and not attacked. A month is one of the universal calendar.
 */
export function summariseProtection(activities: readonly Activity[], worth: WorthThen): ProtectionMonth[] {
  const months = new Map<string, Tally>()
  for (const activity of activities) {
    const { swap, receipt, status, channel, seenInPublic } = activity
    if (!swap || !receipt || status !== 'confirmed') continue
    const atMs = receipt.blockTimestampMs
    const month = monthOf(atMs)
    const tally = months.get(month) ?? createTally()
    months.set(month, tally)
    tally.trades += 1
    if (channel && !seenInPublic) tally.privately += 1
    const token = swap.costs?.exact === 'buy' ? activity.token : swap.buy
    const attack = swap.execution?.sandwich
    if (!swap.execution) tally.unexamined += 1
    if (attack) {
      tally.attacked += 1
      add(tally, 'lost', token, attack.loss ?? 0n, worth.find(token, attack.loss ?? 0n, atMs))
    } else if (channel && !seenInPublic && swap.costs) {
      const { publicLoss } = swap.costs
      add(tally, 'spared', token, publicLoss, worth.find(token, publicLoss, atMs))
    }
  }
  return [...months]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([month, { lost, spared, lostWorth, sparedWorth, unpriced, ...counts }]) => ({
      month,
      ...counts,
      lost: [...lost.values()],
      spared: [...spared.values()],
      worth: { currency: worth.currency, lost: lostWorth, spared: sparedWorth, unpriced },
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
  lostWorth: bigint
  sparedWorth: bigint
  unpriced: number
}

const createTally = (): Tally => ({
  trades: 0,
  privately: 0,
  attacked: 0,
  unexamined: 0,
  lost: new Map(),
  spared: new Map(),
  lostWorth: 0n,
  sparedWorth: 0n,
  unpriced: 0,
})

function add(
  tally: Tally,
  side: 'lost' | 'spared',
  token: Token,
  units: bigint,
  worth: bigint | undefined,
): void {
  if (units <= 0n) return
  if (worth === undefined) tally.unpriced += 1
  else tally[`${side}Worth`] += worth
  const sums = tally[side]
  const key = tokenKey(token.ref)
  sums.set(key, { token, units: baseUnits((sums.get(key)?.units ?? 0n) + units) })
}
