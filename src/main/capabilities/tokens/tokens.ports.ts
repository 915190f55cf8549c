import type { Address, ChainId, TokenRef } from '../../../shared/identity/identity.ts'

/** What a contract answered when asked about itself: raw return data, `undefined` where it reverted or answered nothing. */
export interface RawTokenMetadata {
  readonly address: Address
  readonly symbol: Uint8Array | undefined
  readonly name: Uint8Array | undefined
  readonly decimals: Uint8Array | undefined
}

export interface TokenMetadataReader {
  /** One entry per address, in order; a contract that misbehaves spoils only its own entry. */
  readTokenMetadata(chainId: ChainId, addresses: readonly Address[]): Promise<readonly RawTokenMetadata[]>
}

/** Metadata of a contract after decoding and cleaning. */
export interface TokenMetadata {
  readonly symbol: string
  readonly name: string
  readonly decimals: number
}

/** What contracts said before, so that nothing need be asked twice and names are there before a node answers. */
export interface TokenMetadataStore {
  read(token: TokenRef): TokenMetadata | undefined
  write(token: TokenRef, metadata: TokenMetadata): void
}
