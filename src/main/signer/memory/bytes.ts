import { timingSafeEqual } from 'node:crypto'
import { AppError } from '../../../shared/errors/AppError.ts'

/** Joins byte strings into one that owns its memory: never a view on Node's shared buffer pool. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Fresh bytes from the system's generator. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** Whether two byte strings are equal, in a time that depends on their lengths only. */
export function isEqualBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  // TextEncoder's arrays own their memory; Buffer.from(text) would leave a copy in the shared pool.
  return new TextEncoder().encode(text)
}

/** @throws AppError `request.invalid` when the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // Without the cause: it may quote what it could not read.
    throw new AppError('request.invalid', { path: '', rule: 'utf8' })
  }
}

export function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @throws RangeError when it is not an even number of lower-case hexadecimal digits. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new RangeError('Not lower-case hexadecimal')
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  )
}
