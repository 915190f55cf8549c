import type { KeyedPool } from '../../../capabilities/swaps/index.ts'
import type { PoolCandidate } from './PoolCandidate.ts'

export interface KnownPool {
  readonly candidate: PoolCandidate
  readonly reach: number
  state: KeyedPool
  /** Events that were applied since the contract was asked. */
  eventsSinceRead: number
}

/** What is known of a chain's pools at one block. */
export interface Snapshot {
  blockNumber: bigint
  blockHash: string
  /** Whether events were held against the contracts at this block. */
  isAudited: boolean
  readonly pools: Map<string, KnownPool>
  /** Pools that do not exist or hold next to nothing, by id, with the block at which that was seen. */
  readonly leftOut: Map<string, bigint>
}
