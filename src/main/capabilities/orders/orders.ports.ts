import type { Activity } from '../../../shared/contract/activity.ts'
import type { OrderFill, OrderId } from '../../../shared/contract/orders.ts'
import type { RuleId, RuleScope, StandingRule } from '../../../shared/contract/rules.ts'
import type { AccountId, Address, ChainId, Hash } from '../../../shared/identity/identity.ts'
import type { FillableOrder } from '../signedOrders/index.ts'
import type { SignedSwapTransaction, SwapJournal } from '../swaps/index.ts'
import type { OrderRecord } from './domain/OrderRecord.ts'

export type { OrderRecord, PlannedLeg } from './domain/OrderRecord.ts'

/**
 * A fill from the moment when it is signed. `signed`: written down before it leaves. `settling`: over, and the engine is being told.
 * `settled`: counted.
 */
export interface Execution {
  /** The engine's reservation, and the fill's id. */
  readonly id: string
  readonly orderId: OrderId
  /** As the engine knows it: a leg, or a slice. */
  readonly engineId: string
  readonly status: 'signed' | 'settling' | 'settled'
  readonly chainId: ChainId
  readonly from: Address
  readonly createdAtMs: number
  /** After that it cannot be carried out any more. */
  readonly validUntilMs: number
  /** What it sells, exactly, and buys at least. */
  readonly units: bigint
  readonly minimum: bigint
  /** In order; the swap is the last. */
  readonly transactions: readonly SignedSwapTransaction[]
  /** What came of it; without a fill nothing was exchanged. */
  readonly fill: OrderFill | undefined
}

export interface OrderStore {
  /** @throws AppError `storage.writeFailed` */
  insertOrder(record: OrderRecord): void
  updateOrder(record: OrderRecord): void
  findOrder(id: OrderId): OrderRecord | undefined
  /** Open ones, and ended ones whose rules may still hold; oldest first. */
  listLive(): readonly OrderRecord[]
  /** Ended ones, newest first; `cursor` as an earlier page returned it. */
  listEnded(query: {
    readonly accountIds: readonly AccountId[]
    readonly cursor: string | undefined
    readonly limit: number
  }): { readonly records: readonly OrderRecord[]; readonly nextCursor: string | undefined }
  insertExecution(execution: Execution): void
  updateExecution(execution: Execution): void
  findExecution(transactionHash: Hash): Execution | undefined
  /** Not settled, oldest first. */
  listOpenExecutions(): readonly Execution[]
}

/** The signer, as far as armed orders need it. */
export interface OrderSigner {
  /**
   * Tried first, and compared with what the signer reads in it, like everything that is signed.
   *
   * @throws AppError `rule.missing`, `rule.notCovered`, `vault.locked`, `signing.undecodable`, `signing.beyondIntent`,
   * `signing.wouldFail`, `signing.notApproved` where no node can try it.
   */
  signUnderRule(input: {
    readonly accountId: AccountId
    readonly ruleId: RuleId
    readonly transaction: Uint8Array<ArrayBuffer>
    readonly preparations?: Uint8Array<ArrayBuffer>[]
  }): Promise<{
    readonly signedTransaction: Uint8Array
    readonly transactionHash: Hash
    readonly preparations?: readonly {
      readonly signedTransaction: Uint8Array
      readonly transactionHash: Hash
    }[]
  }>
}

/** Rules begin in the approval window, and are ended here with their order. */
export interface OrderRules {
  /** @throws AppError `vault.locked` */
  list(): Promise<readonly StandingRule[]>
  request(scope: RuleScope): Promise<StandingRule | undefined>
  /** @throws AppError `rule.missing`, `vault.locked` */
  revoke(ruleId: RuleId): Promise<void>
}

/** Signed orders of others, and of the user's other accounts, that can be filled now. */
export interface PeerOrders {
  listFillable(chainId: ChainId): readonly FillableOrder[]
}

/** The record of what was signed, with what became of it. */
export interface OrderJournal extends SwapJournal {
  findSigned(transaction: {
    readonly chainId: ChainId
    readonly from: Address
    readonly nonce: number
    readonly transactionHash: Hash
  }): Activity | undefined
}
