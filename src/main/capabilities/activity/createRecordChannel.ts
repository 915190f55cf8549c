import { AppError } from '../../../shared/errors/AppError.ts'
import type { ActivityRecord, BroadcastOutcome, PrivateChannel, TrackingNode } from './activity.ports.ts'
import type { ChainFacts } from './domain/advanceRecord.ts'

/** The way by which a transaction goes, and by which it is asked after: the one that it was signed for, and never another. */
export interface RecordChannel {
  broadcast(record: ActivityRecord): Promise<BroadcastOutcome>
  /** Whether it is still on its way, or known to be in a block; and whether what was to be private has been seen by all. */
  readPresence(record: ActivityRecord): Promise<Pick<ChainFacts, 'isKnown' | 'withdrawn' | 'seenInPublic'>>
  /** Withdraws a private transaction; false when it is too late. */
  cancel(record: ActivityRecord): Promise<boolean>
}

export function createRecordChannel(
  node: Pick<TrackingNode, 'broadcast' | 'isTransactionKnown' | 'isInPublicPool'>,
  privateChannel: PrivateChannel | undefined,
): RecordChannel {
  function open(): PrivateChannel {
    if (!privateChannel) throw new AppError('swap.channelUnavailable', { channel: 'private' })
    return privateChannel
  }

  async function readByRelay(
    { activity }: ActivityRecord,
    channel: NonNullable<ActivityRecord['activity']['channel']>,
  ): Promise<Pick<ChainFacts, 'isKnown' | 'withdrawn'>> {
    const answer = await open().readStatus(activity.chainId, channel, activity.transactionHash)
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
  }

  return {
    broadcast({ activity, signedTransaction }) {
      return activity.channel
        ? open().submit(activity.chainId, activity.channel, signedTransaction)
        : node.broadcast(activity.chainId, signedTransaction)
    },

    async readPresence(record) {
      const { chainId, transactionHash, channel } = record.activity
      if (!channel) return { isKnown: await node.isTransactionKnown(chainId, transactionHash) }
      const [presence, seenInPublic] = await Promise.all([
        readByRelay(record, channel),
        node.isInPublicPool(chainId, transactionHash),
      ])
      // A relay may give up what it has already let slip: the public pool may still bring it into a block.
      return seenInPublic ? { isKnown: true, seenInPublic } : presence
    },

    async cancel({ activity: { chainId, channel, transactionHash } }) {
      return channel !== undefined && (await open().cancel(chainId, channel, transactionHash))
    },
  }
}
