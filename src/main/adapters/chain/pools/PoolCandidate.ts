import type { Address } from '../../../../shared/identity/identity.ts'
import type { KeyedPool, PoolKey } from '../../../capabilities/swaps/index.ts'
import type { ContractCall } from '../multicall3.ts'

/** The answers to a list of calls, in their order; `undefined` where one failed. */
export type Answers = readonly (`0x${string}` | undefined)[]

/** What is left to ask, and what to make of it. */
export type PoolReading = Generator<readonly ContractCall[], KeyedPool | undefined, Answers>

/** An event of a pool. */
export interface PoolEvent {
  readonly topics: readonly `0x${string}`[]
  readonly data: `0x${string}`
}

/** A pool that may exist. */
export interface PoolCandidate {
  readonly id: string
  readonly key: PoolKey
  readonly tokens: readonly Address[]
  /**
   * What tells in a log that this pool has changed: any of its contract's logs, or those of a shared contract with its id, and
   * those of a contract of its `own` beside it.
   * `block`: it changes without telling, and is read again in every block.
   */
  readonly watch:
    | { readonly kind: 'address' }
    | { readonly kind: 'topic'; readonly contract: Address; readonly own?: Address }
    | { readonly kind: 'block' }
  /**
   * Reads the pool in as many rounds of calls as it takes, ending with `undefined` where there is no such pool.
   * `reach` says how far around the price boundaries are read: each step eight times as far.
   */
  read(reach: number): PoolReading
  /** The pool after one of its events; `undefined` where the event does not say enough, so that it has to be read again. */
  apply?(before: KeyedPool, event: PoolEvent): KeyedPool | undefined
}
