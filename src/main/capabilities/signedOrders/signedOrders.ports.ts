import type { AccountId, Address, ChainId, Hash } from '../../../shared/identity/identity.ts'
import type { MessageOutcome } from '../approvals/index.ts'
import type { OrderFacts, SignedOrder } from '../orderbook/index.ts'
import type { SwapApprovalPort } from '../swaps/index.ts'
import type { SignedOrderRecord } from './domain/SignedOrderRecord.ts'

export type { SignedOrderRecord } from './domain/SignedOrderRecord.ts'

export interface SignedOrderStore {
  /** @throws AppError `storage.writeFailed` */
  save(record: SignedOrderRecord): void
  remove(id: SignedOrderRecord['id']): void
  /** In the order in which they were added. */
  list(): readonly SignedOrderRecord[]
}

/** What the chain says about an order, and who it found to have signed it. */
export interface ReadOrderFacts extends OrderFacts {
  /** Signed with a key, not by a contract's own word. */
  readonly isByKey: boolean
}

/** The contract of signed orders on a chain's nodes. Every method @throws AppError `chain.*`. */
export interface LimitOrderReader {
  /** Facts of orders of one chain, all at its newest block. */
  readFacts(
    chainId: ChainId,
    orders: readonly { readonly signed: SignedOrder; readonly hash: Hash }[],
  ): Promise<readonly ReadOrderFacts[]>
  readEpoch(chainId: ChainId, contract: Address, maker: Address): Promise<bigint>
  /** The words of the first bits of a maker, by which a free one is found. */
  readBitWords(
    chainId: ChainId,
    contract: Address,
    maker: Address,
  ): Promise<readonly { readonly slot: bigint; readonly word: bigint }[]>
}

/** The approval window and the signer behind it. */
export interface SignedOrderApprovals extends SwapApprovalPort {
  requestMessage(question: {
    readonly kind: 'typedData'
    readonly accountId: AccountId
    readonly chainId: ChainId
    readonly typedData: string
  }): Promise<MessageOutcome>
}
