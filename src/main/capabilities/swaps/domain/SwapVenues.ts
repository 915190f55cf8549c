import type { Address, ChainId, Hash } from '../../../../shared/identity/identity.ts'

/** A stable pool that has to be known, as its vault lists none by token. */
export interface KnownBalancerPool {
  readonly poolId: Hash
  readonly address: Address
  readonly tokens: readonly Address[]
}

/** Where a chain's private order flow goes. */
export type PrivateRelay =
  /** The chain's own node takes private transactions, as the local block builder does. */
  | { readonly kind: 'node' }
  /** A relay with Flashbots Protect's methods, and its status page. */
  | { readonly kind: 'protect'; readonly rpcUrl: string; readonly statusUrl: string }

/** All that has to be known of a chain to trade on it: data, never code. */
export interface SwapVenues {
  readonly chainId: ChainId
  readonly wrappedNative: Address
  readonly permit2: Address
  readonly universalRouter: Address
  /** Tokens that most others have a pool with. */
  readonly connectors: readonly Address[]
  readonly uniswapV2?: { readonly factory: Address; readonly initCodeHash: Hash }
  readonly uniswapV3?: { readonly factory: Address; readonly initCodeHash: Hash }
  readonly uniswapV4?: { readonly poolManager: Address; readonly stateView: Address }
  readonly balancer?: { readonly vault: Address; readonly pools: readonly KnownBalancerPool[] }
  readonly relay?: PrivateRelay
  /** `sequencer`: no public pool; whoever orders the blocks is the only one to see what is sent. */
  readonly publicChannel: 'mempool' | 'sequencer'
}
