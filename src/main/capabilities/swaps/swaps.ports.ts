import type { TradeCosts } from '../../../shared/contract/activity.ts'
import type { TransactionApproval } from '../../../shared/contract/approvals.ts'
import type { Depth, SwapChannel } from '../../../shared/contract/swaps.ts'
import type { AccountId, Address, ChainId, Hash } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { CallFields, Executed, Hex, TransactionFields, TransferLog } from '../transfers/index.ts'
import type { Market, TradeRequest } from './domain/findTrade.ts'
import type { PoolPrice } from './domain/followPrice.ts'
import type { KeyedPool, PoolKey } from './domain/PoolKey.ts'
import type { Trade } from './domain/router/TradePlan.ts'
import type { PrivateRelay, SwapVenues } from './domain/SwapVenues.ts'
import type { TradeSearchResult } from './domain/searchTrade.ts'

export interface BlockRef {
  readonly number: bigint
  readonly hash: Hash
  readonly timestampMs: number
}

/** Pools of a chain, read at one block. Every method @throws AppError `chain.*`. */
export interface PoolReader {
  readBlock(chainId: ChainId): Promise<BlockRef>
  /**
   * Every pool that joins the tokens (the coin being the zero address) with each other or with the connectors, at this block.
   * `reach` from 0: how far around the price the liquidity is read, each step eight times as far.
   */
  readPools(request: {
    readonly chainId: ChainId
    readonly venues: SwapVenues
    readonly tokens: readonly Address[]
    readonly block: BlockRef
    readonly reach: number
    /** `connectors` leaves out pools between two of the tokens themselves: for many tokens at once. */
    readonly pairing?: 'all' | 'connectors'
  }): Promise<readonly KeyedPool[]>
  /** Forgets what was read, so that the next reading begins anew. */
  forget(chainId: ChainId): void
}

/** Past prices of pools, as their own events tell them. */
export interface PriceHistory {
  /**
   * By pool, oldest first, up to this block. Pools that tell no prices are left out, and so are those whose past no node tells.
   */
  readPrices(request: {
    readonly chainId: ChainId
    readonly pools: readonly { readonly poolId: string; readonly key: PoolKey }[]
    readonly block: BlockRef
    readonly blockTimeSeconds: number
  }): Promise<ReadonlyMap<string, readonly PoolPrice[]>>
}

/** What is known of one pool's past. */
export interface KnownPrices {
  /** Everything up to this block has been read. */
  readonly readTo: BlockRef
  readonly prices: readonly PoolPrice[]
}

export interface PriceHistoryStore {
  read(chainId: ChainId, poolId: string): KnownPrices | undefined
  /** @throws AppError `storage.writeFailed` */
  write(chainId: ChainId, poolId: string, known: KnownPrices): void
}

/** Told when an answer is not wanted any more. */
export interface StopSignal {
  readonly isStopped: boolean
  onStop(listener: () => void): void
}

/** The search for trades, away from what serves the windows. */
export interface TradeSearch {
  /** Makes ready for a question that is about to come. */
  prepare(): void
  /** @throws AppError `swap.superseded` where it was stopped. */
  find(market: Market, request: TradeRequest, signal?: StopSignal): Promise<TradeSearchResult>
  measureDepth(market: Market, trade: Trade): Promise<Depth['points']>
}

/** Where each chain's venues are. */
export interface VenueDirectory {
  find(chainId: ChainId): SwapVenues | undefined
}

export interface Allowances {
  /** What the token's contract lets the spender take. */
  readonly ofToken: bigint
  /** What Permit2 lets the router take, until `expiration` (seconds since 1970), and the number of the next permit. */
  readonly ofPermit2: { readonly units: bigint; readonly expiration: number; readonly nonce: number }
}

/** One step of a simulation, as it went. */
export interface SimulatedStep {
  readonly status: 'succeeded' | 'reverted'
  readonly gasUsed: bigint
  readonly revertData: Hex
  readonly message: string
  readonly transfers: readonly TransferLog[]
}

export interface StepsSimulation {
  /** The block on whose state the steps ran. */
  readonly blockNumber: bigint
  readonly steps: readonly SimulatedStep[]
  /** Balances of the account before the first and after the last step, by the tokens asked for; `undefined` where unreadable. The coin's are without fees. */
  readonly balances: readonly { readonly before: bigint | undefined; readonly after: bigint | undefined }[]
}

/** One chain's nodes, as swaps need them. Every method @throws AppError `chain.*`. */
export interface SwapNode {
  readAllowances(
    chainId: ChainId,
    owner: Address,
    token: Address,
    spender: Address,
    permit2: { readonly address: Address; readonly spender: Address } | undefined,
  ): Promise<Allowances>
  /**
   * Executes the steps one after the other. Every signature of the account counts as valid, since none exists yet: that is the
   * one thing in which it differs from what will happen.
   *
   * @throws AppError `swap.simulationFailed` where the node cannot simulate.
   */
  simulate(request: {
    readonly chainId: ChainId
    readonly from: Address
    readonly steps: readonly (CallFields & { readonly gas: bigint })[]
    readonly tokens: readonly (Address | 'native')[]
    readonly block: bigint | 'pending'
  }): Promise<StepsSimulation>
  /** What arrives when a token is moved between two holders, whoever they are. */
  tryTransfer(
    chainId: ChainId,
    token: Address,
    from: Address,
    to: Address,
    units: bigint,
  ): Promise<Executed<{ readonly arrived: bigint | undefined }>>
}

export type SwapApprovalOutcome =
  | {
      readonly status: 'signed'
      readonly signedTransaction: Uint8Array
      readonly transactionHash: Hash
      readonly preparations?: readonly {
        readonly signedTransaction: Uint8Array
        readonly transactionHash: Hash
      }[]
    }
  | { readonly status: 'rejected' }

/** The approval window and the signer behind it. */
export interface SwapApprovalPort {
  requestApproval(request: {
    readonly accountId: AccountId
    readonly transaction: Uint8Array
    readonly preparations: readonly Uint8Array[]
    readonly claims: Pick<TransactionApproval['claims'], 'recipientEnsName' | 'recipientIsContract'>
  }): Promise<SwapApprovalOutcome>
}

/** A signed transaction of a trade, to be written down and brought on its way. */
export interface SignedSwapTransaction {
  readonly kind: 'approve' | 'swap' | 'cancelOrder'
  readonly channel: SwapChannel
  readonly accountId: AccountId
  readonly from: Address
  readonly to: Address
  readonly toName: string | undefined
  readonly token: Token
  readonly units: bigint
  readonly swap:
    | { readonly buy: Token; readonly quoted: bigint; readonly minimum: bigint; readonly costs?: TradeCosts }
    | undefined
  readonly transaction: TransactionFields
  readonly signedTransaction: Hex
  readonly transactionHash: Hash
}

/** The record of what was signed; writes first, broadcasts after. */
export interface SwapJournal {
  listOpenNonces(chainId: ChainId, from: Address): readonly number[]
  /**
   * Writes all of them down, then sends them in order by their channel and no other.
   *
   * @throws AppError `transfer.broadcastFailed` when the first one was refused.
   */
  submitAll(
    transactions: readonly SignedSwapTransaction[],
  ): Promise<{ readonly activityIds: readonly string[] }>
  /** Withdraws a private transaction; false when it is too late. */
  cancel(activityId: string): Promise<boolean>
}

/** The private order flow of a chain. Every method @throws AppError `chain.*`. */
export interface PrivateFlow {
  /** The relays that can be used, the one to prefer first. */
  listRelays(chainId: ChainId): Promise<readonly PrivateRelay[]>
}
