import type { Activity } from '../../../../shared/contract/activity.ts'
import { gasUnits, wei } from '../../../../shared/money/units.ts'
import type { ActivityRecord, Receipt } from './ActivityRecord.ts'

/** Blocks on top of which a transaction, or the one that took its nonce, is taken as settled. */
export const finalConfirmations = 12

export interface ChainFacts {
  readonly headNumber: bigint
  readonly receipt: Receipt | undefined
  /** Transactions of the sender in blocks. */
  readonly latestNonce: number
  /** Whether the node has the transaction, in its pool or in a block. */
  readonly isKnown: boolean
  /** A private transaction that its relay no longer tries to bring into a block. */
  readonly withdrawn?: { readonly status: 'expired' | 'cancelled'; readonly reason?: string }
  /** Sent privately, and seen in public all the same. */
  readonly seenInPublic?: true
  /** A practice chain whose blocks of that time are gone: it began anew since the transaction was signed. */
  readonly isRestarted: boolean
}

/** Where a transaction stands by what a node tells of it now. A block that was undone brings a settled one back to `pending`. */
export function advanceRecord(before: ActivityRecord, facts: ChainFacts): ActivityRecord {
  const record = facts.seenInPublic
    ? { ...before, activity: { ...before.activity, seenInPublic: true as const } }
    : before
  if (facts.receipt) return withReceipt(record, facts.receipt, facts.headNumber)
  const { activity } = record
  if (facts.isRestarted) {
    return settle(record, withoutReceipt(activity, 'unsent', 'The practice chain was started anew'), true)
  }
  if (facts.latestNonce > (activity.nonce ?? 0) && !facts.isKnown) {
    const settledAtBlock = record.settledAtBlock ?? facts.headNumber
    const isFinal = facts.headNumber - settledAtBlock >= BigInt(finalConfirmations)
    return { ...settle(record, withoutReceipt(activity, 'replaced'), isFinal), settledAtBlock }
  }
  const gone = facts.withdrawn ?? givenUpBefore(activity, facts.isKnown)
  if (gone) {
    // The relay's word alone: a block may still show otherwise for a while.
    const settledAtBlock = record.settledAtBlock ?? facts.headNumber
    const isFinal = facts.headNumber - settledAtBlock >= BigInt(finalConfirmations)
    return { ...settle(record, withoutReceipt(activity, gone.status, gone.reason), isFinal), settledAtBlock }
  }
  const status = activity.status === 'signed' && !facts.isKnown ? 'signed' : 'pending'
  return settle(record, withoutReceipt(activity, status), false)
}

/** Relays forget what they gave up. */
function givenUpBefore(activity: Activity, isKnown: boolean): ChainFacts['withdrawn'] {
  if (isKnown || (activity.status !== 'expired' && activity.status !== 'cancelled')) return undefined
  const { status, failureReason } = activity
  return failureReason === undefined ? { status } : { status, reason: failureReason }
}

function withReceipt(record: ActivityRecord, receipt: Receipt, headNumber: bigint): ActivityRecord {
  // The receipt's node may know a newer block than the one that the head was read from.
  const depth = headNumber >= receipt.blockNumber ? headNumber - receipt.blockNumber : 0n
  const confirmations = Number(depth) + 1
  const { failureReason, ...activity } = record.activity
  return settle(
    record,
    {
      ...activity,
      status: receipt.succeeded ? 'confirmed' : 'failed',
      ...(receipt.succeeded || failureReason === undefined ? {} : { failureReason }),
      receipt: {
        blockNumber: receipt.blockNumber,
        blockTimestampMs: receipt.blockTimestampMs,
        gasUsed: gasUnits(receipt.gasUsed),
        effectiveGasPrice: wei(receipt.effectiveGasPrice),
        fee: wei(receipt.fee),
        confirmations,
      },
    },
    confirmations >= finalConfirmations,
  )
}

function withoutReceipt(activity: Activity, status: Activity['status'], failureReason?: string): Activity {
  const { receipt: _receipt, failureReason: _reason, ...rest } = activity
  return { ...rest, status, ...(failureReason === undefined ? {} : { failureReason }) }
}

function settle(record: ActivityRecord, activity: Activity, isFinal: boolean): ActivityRecord {
  const { settledAtBlock: _, ...rest } = record
  return { ...rest, activity, isFinal }
}
