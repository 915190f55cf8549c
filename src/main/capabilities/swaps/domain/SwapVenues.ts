import type { Address, ChainId, Hash } from '../../../../shared/identity/identity.ts'

/** A stable pool that has to be known, as its vault lists none by token. */
export interface KnownBalancerPool {
  readonly poolId: Hash
  readonly address: Address
  readonly tokens: readonly Address[]
}

/** Where private order flow goes: what a relay speaks, and what it promises. */
export type PrivateRelay =
  /** The chain's own node takes private transactions, as the local block builder does. */
  | { readonly channel: 'private'; readonly kind: 'node' }
  /** Flashbots Protect's methods, and its status page. `fast` shows a transaction to all registered builders. */
  | {
      readonly channel: 'private'
      readonly kind: 'protect'
      readonly rpcUrl: string
      readonly statusUrl: string
      readonly fast: boolean
      readonly sharesProfit: boolean
    }
  /** A node that takes transactions as any node does and keeps them to itself. */
  | {
      readonly channel: 'mevBlocker' | 'custom'
      readonly kind: 'node'
      readonly rpcUrl: string
      readonly paysForFailure: boolean
      readonly sharesProfit?: boolean
    }

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
  /** 1inch Limit Order Protocol v4, where orders that were signed for others are filled. */
  readonly limitOrderProtocol?: Address
  /** Routers besides our own through which strangers trade. */
  readonly publicRouters: readonly Address[]
  /** The one that is taken by default first. */
  readonly relays: readonly PrivateRelay[]
  /** `sequencer`: no public pool; whoever orders the blocks is the only one to see what is sent. */
  readonly publicChannel: 'mempool' | 'sequencer'
}
