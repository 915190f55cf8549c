import type { AccountId, Address, ChainId, Hash } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { Hex, TransactionFields, TransferNode } from '../transfers/index.ts'

/** One chain's nodes. Every method @throws AppError `chain.*`. */
export type DelegationNode = Pick<
  TransferNode,
  'readAccountState' | 'readCode' | 'readFeeHistory' | 'estimateGas'
>

/** A signed taking back, to be written down and brought on its way. */
export interface SignedTakingBack {
  readonly accountId: AccountId
  readonly from: Address
  /** Who acted for the account until then. */
  readonly delegate: Address
  readonly nativeToken: Token
  readonly transaction: TransactionFields
  readonly signedTransaction: Hex
  readonly transactionHash: Hash
}

/** The record of what was signed; writes first, broadcasts after. */
export interface DelegationJournal {
  listOpenNonces(chainId: ChainId, from: Address): readonly number[]
  /** @throws AppError `transfer.broadcastFailed` */
  submitTakingBack(signed: SignedTakingBack): Promise<{ readonly activityId: string }>
}
