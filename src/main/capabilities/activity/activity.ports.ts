import type { PrivateChannelName } from '../../../shared/contract/activity.ts'
import type { AccountId, Address, ChainId, Hash } from '../../../shared/identity/identity.ts'
import type { BlockLog, BlockTransaction } from '../mev/index.ts'
import type { ActivityRecord, Hex, Receipt } from './domain/ActivityRecord.ts'

export type { ActivityRecord, Hex, Receipt } from './domain/ActivityRecord.ts'

export interface ActivityStore {
  /** @throws AppError `storage.writeFailed` */
  insert(record: ActivityRecord): void
  update(record: ActivityRecord): void
  find(id: string): ActivityRecord | undefined
  /** Not final, oldest first. */
  listOpen(chainId: ChainId): readonly ActivityRecord[]
  listByNonce(chainId: ChainId, from: Address, nonce: number): readonly ActivityRecord[]
  /** Newest first; `cursor` as an earlier page returned it. */
  listPage(query: {
    readonly accountIds: readonly AccountId[]
    readonly cursor: string | undefined
    readonly limit: number
  }): { readonly records: readonly ActivityRecord[]; readonly nextCursor: string | undefined }
}

/** `refused`: the node's reason, safe to show. */
export type BroadcastOutcome =
  | { readonly status: 'accepted' }
  | { readonly status: 'nonceTaken'; readonly reason: string }
  | { readonly status: 'refused'; readonly reason: string }

/** One chain's nodes, as tracking needs them. Every method @throws AppError `chain.*`. */
export interface TrackingNode {
  /** `undefined` while the transaction is in no block of the canonical chain. */
  readReceipt(chainId: ChainId, hash: Hash): Promise<Receipt | undefined>
  /** Hash of the canonical block at that height, where there is one. */
  readBlockHash(chainId: ChainId, blockNumber: bigint): Promise<Hash | undefined>
  isTransactionKnown(chainId: ChainId, hash: Hash): Promise<boolean>
  /** Whether a node has it among those that wait for a block: then anybody may have seen it. */
  isInPublicPool(chainId: ChainId, hash: Hash): Promise<boolean>
  readLatestNonce(chainId: ChainId, address: Address): Promise<number>
  broadcast(chainId: ChainId, signedTransaction: Hex): Promise<BroadcastOutcome>
  /** What a transaction moved for an account in all, fees left aside: positive for what arrived; `undefined` where that cannot be told apart from others in its block. */
  readMoved(
    chainId: ChainId,
    hash: Hash,
    account: Address,
    token: Address | 'native',
  ): Promise<bigint | undefined>
  /** Why a failed transaction failed, by executing it again on the state before its block. */
  readFailureReason(
    chainId: ChainId,
    from: Address,
    call: ActivityRecord['call'],
    blockNumber: bigint,
  ): Promise<string | undefined>
}

export interface MinedTransaction extends BlockTransaction {
  readonly value: bigint
  readonly data: Hex
  readonly gas: bigint
}

/** Whole blocks of a chain's nodes. Every method @throws AppError `chain.*`. */
export interface BlockReader {
  /** In the block's order. */
  readTransactions(chainId: ChainId, blockNumber: bigint): Promise<readonly MinedTransaction[]>
  readSwapLogs(chainId: ChainId, blockNumber: bigint): Promise<readonly BlockLog[]>
  /**
   * Runs transactions one after the other on the state after a block: what the last of them moves for an account, by token.
   * `undefined` where no node can, or where it fails.
   */
  replay(
    chainId: ChainId,
    block: bigint,
    transactions: readonly MinedTransaction[],
    account: Address,
    tokens: readonly (Address | 'native')[],
  ): Promise<readonly bigint[] | undefined>
}

/** Where a private transaction stands by its relay's word. */
export type PrivateStatus =
  | { readonly status: 'pending' | 'included' | 'cancelled' | 'unknown' }
  | { readonly status: 'expired'; readonly reason?: string }

/** The private order flow of a chain. Every method @throws AppError `swap.channelUnavailable`, `chain.*`. */
export interface PrivateChannel {
  submit(chainId: ChainId, channel: PrivateChannelName, signedTransaction: Hex): Promise<BroadcastOutcome>
  readStatus(chainId: ChainId, channel: PrivateChannelName, hash: Hash): Promise<PrivateStatus>
  /** False when it is too late, and where the relay takes nothing back. */
  cancel(chainId: ChainId, channel: PrivateChannelName, hash: Hash): Promise<boolean>
}
