import type { Activity } from '../../../../shared/contract/activity.ts'

/** Whether two states of one activity show the same. Only what tracking changes is compared. */
export function isSameActivity(a: Activity, b: Activity): boolean {
  return (
    a.status === b.status &&
    a.failureReason === b.failureReason &&
    a.seenInPublic === b.seenInPublic &&
    a.swap?.bought === b.swap?.bought &&
    a.swap?.sold === b.swap?.sold &&
    a.swap?.execution === b.swap?.execution &&
    a.receipt?.blockNumber === b.receipt?.blockNumber &&
    a.receipt?.blockTimestampMs === b.receipt?.blockTimestampMs &&
    a.receipt?.confirmations === b.receipt?.confirmations
  )
}
