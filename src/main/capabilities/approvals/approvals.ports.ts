import type { Approval } from '../../../shared/contract/approvals.ts'
import type { MessageRequest } from '../../../shared/contract/messages.ts'
import type { RuleScope } from '../../../shared/contract/rules.ts'
import type { SignedMessage } from '../../../shared/contract/signer.ts'
import type { SigningRequest } from '../../../shared/contract/signing.ts'
import type { AccountId, Address, ChainId, Hash } from '../../../shared/identity/identity.ts'

import type { Inspection, InspectionRequest } from './domain/Inspection.ts'

/** What the signer signed, exactly as approved. */
export interface SignedTransaction {
  readonly signedTransaction: Uint8Array
  readonly transactionHash: Hash
  readonly from: Address
  /** What was signed to be sent before it, in order. */
  readonly preparations?: readonly {
    readonly signedTransaction: Uint8Array
    readonly transactionHash: Hash
  }[]
}

export type ApprovalOutcome =
  | ({ readonly status: 'signed' } & SignedTransaction)
  | { readonly status: 'rejected' }

/** What the user may be asked for besides transactions; the signer reads each by itself. */
export type MessageQuestion =
  | { readonly kind: 'text'; readonly accountId: AccountId; readonly message: Uint8Array }
  | {
      readonly kind: 'typedData'
      readonly accountId: AccountId
      readonly chainId: ChainId
      /** The JSON of EIP-712 data. */
      readonly typedData: string
    }
  | {
      readonly kind: 'delegation'
      readonly accountId: AccountId
      readonly chainId: ChainId
      readonly delegate: Address
      readonly nonce: number
    }
  | { readonly kind: 'rule'; readonly scope: RuleScope }

export type MessageOutcome = ({ readonly status: 'signed' } & SignedMessage) | { readonly status: 'rejected' }

/** The signer, as far as approvals need it. */
export interface SigningPort {
  request(input: {
    accountId: AccountId
    transaction: Uint8Array<ArrayBuffer>
    preparations?: Uint8Array<ArrayBuffer>[]
  }): Promise<SigningRequest>
  approve(input: { requestId: string; digest: Hash }): Promise<SignedTransaction>
  requestMessage(input: { accountId: AccountId; message: Uint8Array<ArrayBuffer> }): Promise<MessageRequest>
  requestTypedData(input: {
    accountId: AccountId
    chainId: ChainId
    typedData: string
  }): Promise<MessageRequest>
  requestDelegation(input: {
    accountId: AccountId
    chainId: ChainId
    delegate: Address
    nonce: number
  }): Promise<MessageRequest>
  requestRule(input: RuleScope): Promise<MessageRequest>
  approveMessage(input: { requestId: string; digest: Hash }): Promise<SignedMessage>
  reject(input: { requestId: string }): Promise<void>
}

/** The window in which the user decides. It tells through the service when it was closed. */
export interface ApprovalWindowPort {
  show(): void
  close(): void
}

/** A chain's nodes, on which transactions are tried before anybody is asked to approve them. */
export interface InspectionPort {
  /** `undefined` where no node can. @throws AppError `chain.*` */
  inspect(request: InspectionRequest): Promise<Inspection | undefined>
}

export interface ApprovalsDependencies {
  readonly inspector: InspectionPort
  readonly signer: SigningPort
  readonly window: ApprovalWindowPort
  readonly nowMs: () => number
  /** Calls back once after so many milliseconds; returns what cancels it. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  readonly onChanged: (approval: Approval | null) => void
}
