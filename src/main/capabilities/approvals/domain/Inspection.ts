import type { Address, ChainId } from '../../../../shared/identity/identity.ts'

/** Units of a token, or of the coin, that went from one address to another. */
export interface MovedUnits {
  readonly token: Address | 'native'
  readonly from: Address
  readonly to: Address
  readonly units: bigint
}

/** What an account gives another one the right to. */
export interface GrantedRight {
  /** `allowance`: to take up to `units`. `all`: to take all of a collection. `ownership`: to rule over a contract. */
  readonly kind: 'allowance' | 'all' | 'ownership'
  readonly token: Address
  readonly by: Address
  readonly to: Address
  readonly units: bigint
}

/** What the very transactions did when a node ran them on its pending state: the node's word. */
export interface Inspection {
  /** `node`: a node ran it. `here`: this process did, on the state that a node tells. */
  readonly by: 'node' | 'here'
  readonly blockNumber: bigint
  readonly isReverted: boolean
  /** The contract's own words for a failure, made safe to show; empty where it has none. */
  readonly reason: string
  readonly moved: readonly MovedUnits[]
  readonly granted: readonly GrantedRight[]
  /** Addresses whose code ran in the account's own name: only an account that was delegated can be made to. */
  readonly delegateCalls: readonly Address[]
  /** Contracts that did something that can be seen from outside. */
  readonly contracts: readonly Address[]
}

export interface InspectionRequest {
  readonly chainId: ChainId
  readonly from: Address
  /** Unsigned, in the order in which they are sent. */
  readonly transactions: readonly Uint8Array[]
  /** A signature that does not exist yet is inside: every signature of the account counts as valid. */
  readonly holdsBlankSignature: boolean
}
