import { decodeTokenDecimals } from './decodeTokenDecimals.ts'
import { decodeTokenText } from './decodeTokenText.ts'
import type { RawTokenMetadata, TokenMetadata } from './TokenMetadata.ts'

/** A contract's metadata, cleaned; `undefined` where it does not behave as a token with a symbol and decimals. */
export function readMetadata(raw: RawTokenMetadata): TokenMetadata | undefined {
  const symbol = decodeTokenText(raw.symbol, 32)
  const decimals = decodeTokenDecimals(raw.decimals)
  if (symbol === undefined || decimals === undefined) return undefined
  return { symbol, decimals, name: decodeTokenText(raw.name, 64) ?? symbol }
}
