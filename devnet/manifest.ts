import type { Address, Hex } from 'viem'

/** One entry of a token list (https://tokenlists.org). */
export interface TokenListEntry {
  chainId: 31337
  address: Address
  name: string
  symbol: string
  decimals: number
  tags: string[]
  extensions?: Record<string, string | number | boolean>
}

/** A token list after the schema of https://tokenlists.org. */
export interface TokenList {
  name: string
  timestamp: string
  version: { major: number; minor: number; patch: number }
  tags: Record<string, { name: string; description: string }>
  tokens: TokenListEntry[]
}

/** One seeded pool. */
export interface PoolEntry {
  kind: 'uniswapV2' | 'uniswapV3' | 'uniswapV4' | 'balancerStable'
  /** In the pool's own order; the zero address stands for native ETH in V4. */
  tokens: Address[]
  /** In hundredths of a basis point. */
  fee?: number
  tickSpacing?: number
  address?: Address
  poolId?: Hex
  /** Why the pool is out of the ordinary. */
  note?: string
}

/** What a client needs to know about the local chain. */
export interface LocalChainManifest {
  chainId: 31337
  name: string
  /** Filled in when the chain is started. */
  rpcUrls: string[]
  nativeCurrency: { name: string; symbol: string; decimals: 18 }
  contracts: Record<string, Address>
  tokenList: TokenList
  feeds: {
    description: string
    base: string
    quote: string
    address: Address
    decimals: number
    /** After this many seconds without a report the feed has stopped. Absent where the answer is computed when it is read. */
    heartbeatSeconds?: number
  }[]
  pools: PoolEntry[]
  /** The RPC method that funds an account, where the chain is served by the block builder. */
  faucetMethod?: string
  /** Where blocks come at a rhythm: a chain whose newest block is much older has stopped. */
  blockTimeSeconds?: number
  practice?: { mnemonic: string; accountIndex: number; label: string }
  accounts: { role: string; address: Address; index: number }[]
}
