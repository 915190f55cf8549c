import type { Address, ChainId, TokenRef } from '../../../../shared/identity/identity.ts'
import type { AssetClass, Token } from '../../../../shared/identity/token.ts'

/** A token that a shipped or loaded list names. Without decimals it is unconfirmed: the contract must be asked before it is shown. */
export interface ListedToken {
  readonly ref: TokenRef & { readonly address: Address }
  readonly symbol: string
  readonly name: string
  readonly decimals?: number
  /** What the contract has to answer, beside its symbol, to be taken for the token. */
  readonly confirmedBy?: { readonly decimals: number }
  readonly assetClass: AssetClass
  readonly pegCurrency?: string
}

/** All that is known of a chain before a node of it has been asked: data, never code. */
export interface ChainDefinition {
  readonly chainId: ChainId
  readonly name: string
  readonly kind: 'practice' | 'real'
  readonly nativeToken: Token
  readonly defaultRpcUrls: readonly string[]
  readonly blockTimeSeconds: number
  /** Blocks come at a rhythm, so that an old newest block means a node that is behind. A chain that mines on demand has none. */
  readonly hasSteadyBlocks: boolean
  /** Block headers hash as on Ethereum, so that what a node says of an account can be proven against them. */
  readonly hasStandardHeaders: boolean
  readonly enabledByDefault: boolean
  readonly multicall3?: Address
  readonly ensRegistry?: Address
  /** Contract that tells what a rollup takes for publishing a transaction, which comes on top of gas (OP stack). */
  readonly dataFeeOracle?: Address
  readonly faucetMethod?: string
  readonly explorerUrl?: string
  /** Added by the user. */
  readonly isOwn?: boolean
  /** Wei per gas below which producers of this chain's blocks leave transactions out. */
  readonly minimumPriorityFeePerGas: bigint
  readonly tokens: readonly ListedToken[]
}

export interface ChainSettings {
  readonly enabled?: boolean
  readonly rpcUrls?: readonly string[]
  readonly privateRpcUrl?: string
}
