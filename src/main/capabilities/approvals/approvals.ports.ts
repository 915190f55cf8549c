import type { Approval } from '../../../shared/contract/approvals.ts'
import type { MessageRequest } from '../../../shared/contract/messages.ts'
import type { DangerKind } from '../../../shared/contract/readings.ts'
import type { RuleId, RuleScope } from '../../../shared/contract/rules.ts'
import type { ReferenceCurrency } from '../../../shared/contract/settings.ts'
import type { SignedMessage } from '../../../shared/contract/signer.ts'
import type { SigningRequest } from '../../../shared/contract/signing.ts'
import type { AccountId, Address, ChainId, Hash, TokenRef } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { UsdE18 } from '../../../shared/money/units.ts'

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
  | { readonly kind: 'descriptor'; readonly accountId: AccountId; readonly text: string }

export type MessageOutcome = ({ readonly status: 'signed' } & SignedMessage) | { readonly status: 'rejected' }

/** Names a request, its bytes, and the dangers that were accepted. */
export interface SignerApproval {
  readonly requestId: string
  readonly digest: Hash
  readonly accepted?: DangerKind[]
}

/** The signer, as far as approvals need it. */
export interface SigningPort {
  request(input: {
    accountId: AccountId
    transaction: Uint8Array<ArrayBuffer>
    preparations?: Uint8Array<ArrayBuffer>[]
    allowUnknown?: true
  }): Promise<SigningRequest>
  approve(input: SignerApproval): Promise<SignedTransaction>
  requestMessage(input: {
    accountId: AccountId
    message: Uint8Array<ArrayBuffer>
    allowUnknown?: true
  }): Promise<MessageRequest>
  requestTypedData(input: {
    accountId: AccountId
    chainId: ChainId
    typedData: string
    allowUnknown?: true
  }): Promise<MessageRequest>
  requestDelegation(input: {
    accountId: AccountId
    chainId: ChainId
    delegate: Address
    nonce: number
  }): Promise<MessageRequest>
  signUnderRule(input: {
    ruleId: RuleId
    transaction: Uint8Array<ArrayBuffer>
    preparations?: Uint8Array<ArrayBuffer>[]
  }): Promise<SignedTransaction>
  requestRule(input: RuleScope): Promise<MessageRequest>
  requestDescriptor(input: { accountId: AccountId; text: string }): Promise<MessageRequest>
  approveMessage(input: SignerApproval): Promise<SignedMessage>
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

/** What this machine knows of the addresses and tokens of a trial. */
export interface TrialKnowledge {
  /** By list, or by what the token says of itself; `undefined` for what is no token. */
  findToken(token: TokenRef): Promise<Token | undefined>
  /** @param tokens that moved: between two of them a pool's address can be computed. */
  nameContracts(chainId: ChainId, tokens: readonly Address[]): ContractNames
  ownNameOf(address: Address): Promise<string | undefined>
  priceOf(token: TokenRef): UsdE18 | undefined
  /** The user's currency and its rate, where it is known. */
  findRate(): { readonly currency: ReferenceCurrency; readonly usd: UsdE18 } | undefined
  /** @throws AppError `chain.*` */
  holdsCode(chainId: ChainId, address: Address): Promise<boolean>
  /** Addresses that the user has sent to. */
  listRecipients(): readonly Address[]
}
/** Names by lower-case address. */
export type ContractNames = ReadonlyMap<
  string,
  { readonly name: string; readonly nameFrom: 'list' | 'computed' }
>

/** Contracts that an account has had to do with. */
export interface MetContracts {
  hasMet(chainId: ChainId, contract: Address): boolean
  remember(chainId: ChainId, contracts: readonly Address[], atMs: number): void
}

export interface ApprovalsDependencies {
  readonly knowledge: TrialKnowledge
  readonly metContracts: MetContracts
  /** The expert's way: what nobody can read is shown as bytes instead of being refused. */
  readonly signsUnknown: () => boolean
  readonly inspector: InspectionPort
  readonly signer: SigningPort
  readonly window: ApprovalWindowPort
  readonly nowMs: () => number
  /** Calls back once after so many milliseconds; returns what cancels it. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  readonly onChanged: (approval: Approval | null) => void
}
