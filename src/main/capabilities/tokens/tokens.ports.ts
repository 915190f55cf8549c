import type { Address, ChainId, TokenRef } from '../../../shared/identity/identity.ts'
import type { RawTokenMetadata, TokenMetadata } from './domain/TokenMetadata.ts'

export type { RawTokenMetadata, TokenMetadata } from './domain/TokenMetadata.ts'

export interface TokenMetadataReader {
  /** One entry per address, in order; a contract that misbehaves spoils only its own entry. */
  readTokenMetadata(chainId: ChainId, addresses: readonly Address[]): Promise<readonly RawTokenMetadata[]>
}

/** What contracts said before, so that nothing need be asked twice and names are there before a node answers. */
export interface TokenMetadataStore {
  read(token: TokenRef): TokenMetadata | undefined
  write(token: TokenRef, metadata: TokenMetadata): void
}
