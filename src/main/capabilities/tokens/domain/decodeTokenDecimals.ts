import { bytesToBigInt } from 'viem'

/** Reads `decimals()` from raw return data; `undefined` unless it is one word within uint8. */
export function decodeTokenDecimals(data: Uint8Array | undefined): number | undefined {
  if (data === undefined || data.length !== 32) return undefined
  const value = bytesToBigInt(data)
  return value <= 255n ? Number(value) : undefined
}
