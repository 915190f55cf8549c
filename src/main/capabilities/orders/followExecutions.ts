import type { Activity } from '../../../shared/contract/activity.ts'
import type { OrderFill } from '../../../shared/contract/orders.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { baseUnits, wei } from '../../../shared/money/units.ts'
import { legIdOf } from './domain/orderIds.ts'
import { leastBought, toRate } from './domain/orderPrices.ts'
import { sendExecution } from './executeFill.ts'
import type { OrderLedger } from './openOrderLedger.ts'
import type { Execution, OrderJournal, OrderStore } from './orders.ports.ts'

export interface FollowDeps {
  readonly journal: OrderJournal
  readonly store: Pick<OrderStore, 'findExecution' | 'updateExecution'>
  readonly nowMs: () => number
  /** Blocks on top of a fill before it counts; a practice chain undoes none. */
  readonly confirmationsNeeded: (chainId: ChainId) => number
}

/** Looks at what became of every fill that is on its way. Returns how many are over. */
export async function followExecutions(
  deps: FollowDeps,
  ledger: OrderLedger,
  chainId: ChainId,
): Promise<number> {
  let settled = 0
  for (const execution of ledger.executions()) {
    if (execution.chainId !== chainId || execution.status !== 'signed') continue
    const activity = findSwap(deps, execution)
    if (!activity) {
      // Signed and written down, and then the app was gone before it left. What is too late for any block is let go.
      if (execution.validUntilMs > deps.nowMs()) await sendExecution(deps, execution)
      else await ledger.settle(execution, undefined)
      continue
    }
    const isDeep = (activity.receipt?.confirmations ?? 0) >= deps.confirmationsNeeded(chainId)
    switch (activity.status) {
      case 'signed':
      case 'pending':
        continue
      case 'confirmed':
        if (!isDeep) continue
        await ledger.settle(execution, describeFill(ledger, execution, activity))
        break
      case 'failed':
        if (!isDeep) continue
        await ledger.settle(execution, undefined)
        break
      case 'replaced':
      case 'unsent':
      case 'expired':
      case 'cancelled':
        await ledger.settle(execution, undefined)
    }
    settled += 1
  }
  return settled
}

/** A relay's word is not the chain's: what it had given up, and what had been let go here, may be in a block after all. */
export async function countLateFill(
  deps: FollowDeps,
  ledger: OrderLedger,
  activity: Activity,
): Promise<void> {
  if (activity.kind !== 'swap' || activity.status !== 'confirmed') return
  const execution = deps.store.findExecution(activity.transactionHash)
  if (execution?.status !== 'settled' || execution.fill !== undefined) return
  if ((activity.receipt?.confirmations ?? 0) < deps.confirmationsNeeded(activity.chainId)) return
  const fill = describeFill(ledger, execution, activity)
  const leg = ledger.find(execution.orderId)?.legs.find(({ id }) => id === fill.legId)
  const [base, quote] = leg?.side === 'buy' ? [fill.bought, fill.sold] : [fill.sold, fill.bought]
  await ledger.attempt({ kind: 'reportFill', id: execution.engineId, fill: execution.id, base, quote })
  await ledger.settle(execution, fill)
}

function findSwap({ journal }: FollowDeps, { transactions, chainId, from }: Execution): Activity | undefined {
  const swap = transactions.at(-1)
  return (
    swap &&
    journal.findSigned({
      chainId,
      from,
      nonce: swap.transaction.nonce,
      transactionHash: swap.transactionHash,
    })
  )
}

function describeFill(ledger: OrderLedger, execution: Execution, activity: Activity): OrderFill {
  const record = ledger.find(execution.orderId)
  const legId = legIdOf(execution.engineId)
  const leg = record?.legs.find(({ id }) => id === legId)
  // Where nobody could read what arrived: as much as the chain enforced.
  const bought = activity.swap?.bought ?? baseUnits(execution.minimum)
  // Of a signed order others may have taken a part first: then less left the account.
  const moved = activity.swap?.sold
  const sold = moved !== undefined && moved < execution.units ? moved : execution.units
  const asked = leg && leastBought(sold, toRate(leg.limit, leg.side))
  const hasPrice = record?.hasOwnPrice === true && asked !== undefined && bought >= asked
  return {
    id: execution.id,
    atMs: activity.receipt?.blockTimestampMs ?? activity.createdAtMs,
    legId,
    sold: baseUnits(sold),
    bought,
    ...(hasPrice ? { improvement: baseUnits(bought - asked) } : {}),
    fee: activity.receipt?.fee ?? wei(0n),
    activityId: activity.id,
    transactionHash: activity.transactionHash,
  }
}
