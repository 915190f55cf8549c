import type { NameSource } from '../../../shared/contract/activity.ts'
import type { TransactionApproval } from '../../../shared/contract/approvals.ts'
import type { AssetWarning } from '../../../shared/contract/assets.ts'
import type { AccountId, Address, ChainId, Hash } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { FeeHistory } from './domain/FeeHistory.ts'
import type { Simulation } from './domain/Simulation.ts'
import type { CallFields, Hex, TransactionFields } from './domain/TransactionFields.ts'

export type { FeeHistory } from './domain/FeeHistory.ts'

export type { Simulation, TransferLog } from './domain/Simulation.ts'
export type { CallFields, Hex, TransactionFields } from './domain/TransactionFields.ts'

export interface AccountState {
  /** Transactions of the account in blocks, and with the node's own pool. */
  readonly latestNonce: number
  readonly pendingNonce: number
  /** The smaller of what is there now and after what waits in the node's pool. */
  readonly nativeBalance: bigint
  readonly tokenBalance: bigint
}

export type Executed<T> =
  | ({ readonly status: 'succeeded' } & T)
  | { readonly status: 'reverted'; readonly revertData: Hex; readonly message: string }

/** One chain's nodes, as transfers need them. Every method @throws AppError `chain.*`. */
export interface TransferNode {
  readAccountState(chainId: ChainId, address: Address, token: Address | undefined): Promise<AccountState>
  readCode(chainId: ChainId, address: Address): Promise<Hex>
  readFeeHistory(chainId: ChainId, percentiles: readonly number[]): Promise<FeeHistory>
  /** What a rollup takes for publishing these bytes, by the chain's own word; `undefined` where gas covers it all. */
  readDataFee(chainId: ChainId, transaction: Uint8Array): Promise<bigint | undefined>
  estimateGas(chainId: ChainId, from: Address, call: CallFields): Promise<Executed<{ gas: bigint }>>
  /** Executes exactly this transaction on the pending state; `observe` adds reads of a token's balances around it. */
  simulate(
    transaction: TransactionFields,
    from: Address,
    observe: { readonly token: Address; readonly holders: readonly Address[] } | undefined,
  ): Promise<Executed<Simulation>>
}

export interface NameResolver {
  /** Address that an ENSIP-15 normalised name resolves to on this chain's registry. */
  resolveName(chainId: ChainId, normalisedName: string): Promise<Address | undefined>
  /** Name that an address claims, unverified and not normalised. */
  readClaimedName(chainId: ChainId, address: Address): Promise<string | undefined>
}

export type ApprovalOutcome =
  | { readonly status: 'signed'; readonly signedTransaction: Uint8Array; readonly transactionHash: Hash }
  | { readonly status: 'rejected' }

/** The approval window and the signer behind it. */
export interface ApprovalPort {
  requestApproval(request: {
    readonly accountId: AccountId
    readonly transaction: Uint8Array
    readonly claims: Pick<TransactionApproval['claims'], 'recipientEnsName' | 'recipientIsContract'>
  }): Promise<ApprovalOutcome>
}

/** A signed transaction to be written down and brought on its way. */
export interface SignedTransfer {
  readonly accountId: AccountId
  readonly from: Address
  readonly recipient: Address
  readonly recipientName: { readonly name: string; readonly from: NameSource } | undefined
  /** To whom `recipient` hands it on, where it goes to several. */
  readonly payments?: readonly { readonly to: Address; readonly units: bigint }[]
  readonly token: Token
  readonly units: bigint
  readonly transaction: TransactionFields
  readonly signedTransaction: Hex
  readonly transactionHash: Hash
}

/** The record of what was signed; writes first, broadcasts after. */
export interface TransferJournal {
  /** Nonces of own transactions that are signed or pending, and so taken. */
  listOpenNonces(chainId: ChainId, from: Address): readonly number[]
  /**
   * Writes the transfer down, then broadcasts it.
   *
   * @throws AppError `transfer.broadcastFailed` when a node refused it. When no node answered it stays `signed` and is tried again.
   */
  submit(transfer: SignedTransfer): Promise<{ readonly activityId: string }>
}

/** Looks at tokens with rules of their own before they are sent. */
export interface TransferGuard {
  /** @throws AppError `asset.transferRefused` with the rule, `chain.*` */
  refuseForbidden(
    chainId: ChainId,
    moves: readonly {
      readonly token: Token
      readonly from: Address
      readonly to: Address
      readonly units: bigint
    }[],
  ): Promise<void>
  /** What should be known before these are sent, or `traded` units of them sold or bought. @throws AppError `chain.*` */
  listWarnings(
    chainId: ChainId,
    concerned: readonly { readonly token: Token; readonly traded?: bigint }[],
  ): Promise<readonly AssetWarning[]>
}

/** The user's address book, as far as sending needs it. */
export interface ContactDirectory {
  listAddresses(): readonly Address[]
  nameOf(address: Address): string | undefined
}

export interface KnownRecipients {
  isKnown(address: Address): boolean
  remember(address: Address, atMs: number): void
  /** Newest first. */
  list(): readonly Address[]
}
