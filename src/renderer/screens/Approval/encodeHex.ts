/** Writes bytes as lower-case hexadecimal with 0x. */
export function encodeHex(bytes: Uint8Array): string {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
