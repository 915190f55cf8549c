import type {
  Activity,
  ActivityKind,
  ActivityNote,
  HistoryGap,
  PrivateChannelName,
} from '../../../shared/contract/activity.ts'
import type { AccountId, Address, ChainId, Hash } from '../../../shared/identity/identity.ts'
import type { BlockLog, BlockTransaction } from '../mev/index.ts'
import type { ActivityRecord, Hex, Receipt } from './domain/ActivityRecord.ts'
import type { InnerPayment, ObservedTransaction } from './domain/ObservedTransaction.ts'

export type { ActivityRecord, Hex, Receipt } from './domain/ActivityRecord.ts'
export type { InnerPayment, ObservedLog, ObservedTransaction } from './domain/ObservedTransaction.ts'

export interface ActivityStore {
  /** @throws AppError `storage.writeFailed` */
  insert(record: ActivityRecord): void
  update(record: ActivityRecord): void
  find(id: string): ActivityRecord | undefined
  /** Not final, oldest first. */
  listOpen(chainId: ChainId): readonly ActivityRecord[]
  listByNonce(chainId: ChainId, from: Address, nonce: number): readonly ActivityRecord[]
  /** What was signed here and what was seen on the chain, newest first; `cursor` as an earlier page returned it. */
  listPage(query: PageQuery): {
    readonly activities: readonly Activity[]
    readonly nextCursor: string | undefined
  }
  isSigned(chainId: ChainId, from: Address, hash: Hash): boolean
  /** Of either kind, with its note. */
  findActivity(id: string): Activity | undefined
  countSuspicious(accountIds: readonly AccountId[]): number
  /** Replaces note and labels; `undefined` where there is no such entry. @throws AppError `storage.writeFailed` */
  annotate(id: string, note: ActivityNote): Activity | undefined
}

export interface PageQuery {
  readonly accountIds: readonly AccountId[]
  readonly cursor: string | undefined
  readonly limit: number
  readonly kinds?: readonly ActivityKind[] | undefined
  /** Words that have to be there, each in one of its alternatives. */
  readonly search?: readonly (readonly string[])[] | undefined
  readonly suspicious?: 'with' | 'without' | 'only'
}

/** How far an account's history has been looked at on a chain. */
export interface HistoryCursor {
  readonly blockNumber: bigint
  readonly blockHash: Hash
  /** What the account had of the coin after that block, where a node could tell. */
  readonly coinBalance?: bigint
  /** Since when every movement of tokens, and of the coin, has been seen; 0 where that is the chain's beginning. */
  readonly tokensSinceMs?: number
  readonly coinSinceMs?: number
  /** What was passed over because it was too much at once. */
  readonly unread?: readonly UnreadBlocks[]
}

/** Blocks of which the transactions of an account were not read, or not all of them: both counted in. */
export type UnreadBlocks = Pick<HistoryGap, 'firstBlock' | 'lastBlock' | 'firstMs' | 'lastMs'>

/** What was seen on the chain. Every write @throws AppError `storage.writeFailed` */
export interface HistoryStore {
  /** Adds them, or puts them in place of what has the same id. */
  write(activities: readonly Activity[]): void
  /** What was seen in this block or a later one. */
  listFrom(chainId: ChainId, blockNumber: bigint): readonly Activity[]
  readCursor(chainId: ChainId, address: Address): HistoryCursor | undefined
  writeCursor(chainId: ChainId, address: Address, cursor: HistoryCursor): void
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

/** What the chain shows of accounts. Every method @throws AppError `chain.*`. */
export interface HistoryReader {
  /** What each account has of the coin, all at the newest block, by address. */
  readCoins(
    chainId: ChainId,
    accounts: readonly Address[],
  ): Promise<{
    readonly blockNumber: bigint
    readonly blockHash: Hash
    readonly balances: ReadonlyMap<Address, bigint>
  }>
  readBlockHash(chainId: ChainId, blockNumber: bigint): Promise<Hash | undefined>
  readBlockTimestampMs(chainId: ChainId, blockNumber: bigint): Promise<number>
  /** Transactions whose logs move tokens to or from an account, or tell of its allowances; in the order of the chain. Blocks are counted in. */
  findTransactions(
    chainId: ChainId,
    accounts: readonly Address[],
    fromBlock: bigint,
    toBlock: bigint,
  ): Promise<readonly Hash[]>
  /** `undefined` where no block holds it any more. */
  readTransaction(chainId: ChainId, hash: Hash): Promise<ObservedTransaction | undefined>
  /** Blocks after `after` in which what an account has of the coin became another amount; none where the node keeps no past states. */
  findCoinChanges(chainId: ChainId, account: Address, after: bigint, upTo: bigint): Promise<readonly bigint[]>
  /** Transactions of a block that pay coin to the account or were sent by it, also from inside a contract where the node traces that. */
  readPayments(
    chainId: ChainId,
    account: Address,
    blockNumber: bigint,
  ): Promise<
    readonly { readonly transaction: ObservedTransaction; readonly inner: readonly InnerPayment[] }[]
  >
}
