import type { BenchQuery, PoolSet } from './createPoolSet.ts'

/** A swap of a peer's answer that passes on a part of what it finds at its token when its turn comes. */
export interface PortionSwap {
  readonly poolId: string
  readonly tokenIn: string
  readonly tokenOut: string
  /** Of what is left of the token at this point. */
  readonly portion: number
}

/** A path of a peer's answer, carried out on its own from start to end. */
export interface PeerPath {
  readonly amountIn: bigint
  readonly poolIds: readonly string[]
  readonly tokens: readonly string[]
}

export type PeerAnswer =
  | { readonly kind: 'swaps'; readonly swaps: readonly PortionSwap[]; readonly claim: bigint }
  | { readonly kind: 'paths'; readonly paths: readonly PeerPath[]; readonly claim: bigint }

/** What a query costs in gas, as routers like to hear it. */
export interface GasTerms {
  readonly gwei: number
}

/** Another router, made ready with a set of pools; what it does then is what is measured. */
export interface Peer {
  readonly name: string
  prepare(set: PoolSet): PreparedPeer
}

export interface PreparedPeer {
  /** Undefined where it finds nothing. */
  answer(query: BenchQuery, gas: GasTerms): PeerAnswer | undefined | Promise<PeerAnswer | undefined>
}
