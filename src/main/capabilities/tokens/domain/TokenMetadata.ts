import type { Address } from '../../../../shared/identity/identity.ts'

/** What a contract answered when asked about itself: raw return data, `undefined` where it reverted or answered nothing. */
export interface RawTokenMetadata {
  readonly address: Address
  readonly symbol: Uint8Array | undefined
  readonly name: Uint8Array | undefined
  readonly decimals: Uint8Array | undefined
}

/** Metadata of a contract after decoding and cleaning. */
export interface TokenMetadata {
  readonly symbol: string
  readonly name: string
  readonly decimals: number
}
