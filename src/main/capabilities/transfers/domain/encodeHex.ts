import { bytesToHex } from 'viem'
import type { Hex } from './TransactionFields.ts'

/** Bytes as lower-case hexadecimal. */
export function encodeHex(bytes: Uint8Array): Hex {
  return bytesToHex(bytes)
}
