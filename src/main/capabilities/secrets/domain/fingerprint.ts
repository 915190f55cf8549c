import { bytesToString, keccak256, stringToBytes } from 'viem'

/** Tells texts apart without keeping them. */
export function fingerprint(text: string): string {
  return keccak256(stringToBytes(text))
}

/** UTF-8 as text. */
export function decodeText(bytes: Uint8Array): string {
  return bytesToString(bytes)
}
