import type { Address, ChainId, Hash } from '../../../../shared/identity/identity.ts'

/** A pool that has to be known, as its vault lists none by token. */
export interface KnownBalancerPool {
  readonly kind: 'stable' | 'weighted'
  /** Weighted pools since September 2022 raise to the powers 1, 2 and 4 by multiplying. */
  readonly multipliesWholePowers?: boolean
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

/** A vault that turns one token into shares of itself at its own rate (ERC-4626). */
export interface KnownVault {
  readonly share: Address
  readonly asset: Address
}

/** A router of the Universal Router's design, and the pools that it reaches. */
export interface RouterVenues {
  readonly universalRouter: Address
  /** Where that router looks for allowances; some brought their own. */
  readonly permit2: Address
  readonly uniswapV2?: {
    readonly factory: Address
    readonly initCodeHash: Hash
    /** Millionths of what goes in; 3,000 unless told. */
    readonly feePips?: number
  }
  readonly uniswapV3?: {
    /** The contract that deploys the pools, which for some forks is not their factory. */
    readonly factory: Address
    readonly initCodeHash: Hash
    /** Fee in millionths, and tick spacing; Uniswap's own unless told. */
    readonly tiers?: readonly (readonly [number, number])[]
  }
  readonly uniswapV4?: { readonly poolManager: Address; readonly stateView: Address }
}

/** A fork of Uniswap with pools and a router of its own. */
export interface ForkVenues extends Omit<RouterVenues, 'uniswapV4'> {
  readonly name: string
}

/** All that has to be known of a chain to trade on it: data, never code. */
export interface SwapVenues extends RouterVenues {
  readonly chainId: ChainId
  readonly wrappedNative: Address
  /** Tokens that most others have a pool with. */
  readonly connectors: readonly Address[]
  readonly forks?: readonly ForkVenues[]
  /** Its registry knows every pool; its router enforces a minimum over whatever pool it is told. */
  readonly curve?: { readonly metaRegistry: Address; readonly router: Address }
  readonly vaults?: readonly KnownVault[]
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
