import type { Approval } from '../../../shared/contract/approvals.ts'
import type { SigningRequest } from '../../../shared/contract/signing.ts'
import type { AccountId, Address, Hash } from '../../../shared/identity/identity.ts'

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

/** The signer, as far as approvals need it. */
export interface SigningPort {
  request(input: {
    accountId: AccountId
    transaction: Uint8Array<ArrayBuffer>
    preparations?: Uint8Array<ArrayBuffer>[]
  }): Promise<SigningRequest>
  approve(input: { requestId: string; digest: Hash }): Promise<SignedTransaction>
  reject(input: { requestId: string }): Promise<void>
}

/** The window in which the user decides. It tells through the service when it was closed. */
export interface ApprovalWindowPort {
  show(): void
  close(): void
}

export interface ApprovalsDependencies {
  readonly signer: SigningPort
  readonly window: ApprovalWindowPort
  readonly nowMs: () => number
  /** Calls back once after so many milliseconds; returns what cancels it. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  readonly onChanged: (approval: Approval | null) => void
}
