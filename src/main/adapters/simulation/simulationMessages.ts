import type { Address, ChainId } from '../../../shared/identity/identity.ts'

/** The block in which transactions run: the one after the newest. */
export interface SimulatedBlock {
  readonly number: bigint
  /** Seconds. */
  readonly timestamp: bigint
  readonly gasLimit: bigint
  readonly baseFeePerGas: bigint
  readonly prevRandao: `0x${string}`
}

export interface SimulatedCall {
  readonly to: Address | undefined
  readonly value: bigint
  readonly data: `0x${string}`
  readonly gas: bigint
}
export interface PricedCall extends SimulatedCall {
  /** What a unit of gas costs in this block. */
  readonly gasPrice: bigint
}

/** Transactions of one account, in the order in which they are sent. */
export interface SimulationTask {
  readonly chainId: ChainId
  readonly block: SimulatedBlock
  readonly from: Address
  readonly calls: readonly PricedCall[]
}

export interface StoredAccount {
  readonly nonce: bigint
  readonly balance: bigint
  readonly code: `0x${string}`
}

/** The state on which contracts run, at one block. */
export interface SimulatedState {
  readAccount(address: Address): Promise<StoredAccount>
  readSlot(address: Address, slot: `0x${string}`): Promise<bigint>
  readBlockHash(number: bigint): Promise<`0x${string}`>
}

export interface SimulatedLog {
  readonly address: Address
  readonly topics: readonly `0x${string}`[]
  readonly data: `0x${string}`
}

/** What one transaction did, call within call: as geth's callTracer tells it. */
export interface CallFrame {
  readonly type: string
  readonly from: Address
  readonly to?: Address | undefined
  readonly value?: bigint | undefined
  /** Set where the call failed, which undid all that happened within it. */
  readonly error?: string | undefined
  readonly output?: `0x${string}` | undefined
  readonly logs?: readonly SimulatedLog[] | undefined
  readonly calls?: readonly CallFrame[] | undefined
}

/** What the thread wants to know of the state. */
export type StateQuestion = { readonly id: number } & (
  | { readonly kind: 'account'; readonly address: Address }
  | { readonly kind: 'slot'; readonly address: Address; readonly slot: `0x${string}` }
  | { readonly kind: 'blockHash'; readonly number: bigint }
)
export interface StateAnswer {
  readonly id: number
  readonly value: StoredAccount | bigint | `0x${string}`
}

export type FromSimulation =
  | StateQuestion
  /** One frame a transaction, up to the first that failed; `undefined` where this machine cannot tell. */
  | { readonly kind: 'done'; readonly frames: readonly CallFrame[] | undefined }
