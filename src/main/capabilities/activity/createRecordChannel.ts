import { AppError } from '../../../shared/errors/AppError.ts'
import type { ActivityRecord, BroadcastOutcome, PrivateChannel, TrackingNode } from './activity.ports.ts'
import type { ChainFacts } from './domain/advanceRecord.ts'

/** The way by which a transaction goes, and by which it is asked after: the one that it was signed for, and never another. */
export interface RecordChannel {
  broadcast(record: ActivityRecord): Promise<BroadcastOutcome>
  /** Whether it is still on its way, or known to be in a block. */
  readPresence(record: ActivityRecord): Promise<Pick<ChainFacts, 'isKnown' | 'withdrawn'>>
  /** Withdraws a private transaction; false when it is too late. */
  cancel(record: ActivityRecord): Promise<boolean>
}

export function createRecordChannel(
  node: Pick<TrackingNode, 'broadcast' | 'isTransactionKnown'>,
  privateChannel: PrivateChannel | undefined,
): RecordChannel {
  function open(): PrivateChannel {
    if (!privateChannel) throw new AppError('swap.channelUnavailable', { channel: 'private' })
    return privateChannel
  }

  return {
    broadcast({ activity, signedTransaction }) {
      return activity.channel === 'private'
        ? open().submit(activity.chainId, signedTransaction)
        : node.broadcast(activity.chainId, signedTransaction)
    },

    async readPresence({ activity }) {
      const { chainId, transactionHash } = activity
      if (activity.channel !== 'private') {
        return { isKnown: await node.isTransactionKnown(chainId, transactionHash) }
      }
      const answer = await open().readStatus(chainId, transactionHash)
      switch (answer.status) {
        case 'pending':
        case 'included':
          return { isKnown: true }
        case 'unknown':
          return { isKnown: false }
        case 'cancelled':
          return { isKnown: false, withdrawn: { status: 'cancelled' } }
        case 'expired':
          return {
            isKnown: false,
            withdrawn: {
              status: 'expired',
              ...(answer.reason === undefined ? {} : { reason: answer.reason }),
            },
          }
      }
    },

    async cancel({ activity }) {
      return (
        activity.channel === 'private' && (await open().cancel(activity.chainId, activity.transactionHash))
      )
    },
  }
}
