import { secp256k1 } from '@noble/curves/secp256k1.js'
import { AppError } from '../../../shared/errors/AppError.ts'

/**
 * Reads a private key as people have it: 64 hexadecimal digits, with or without 0x, white space around it.
 *
 * @throws AppError `privateKey.invalid`, also for numbers that are no keys of the curve. It never quotes what it read.
 */
export function parsePrivateKey(text: Uint8Array): Uint8Array<ArrayBuffer> {
  // Read digit by digit: a string of it could not be overwritten.
  const trimmed = trimSpaces(text)
  const hasPrefix = trimmed[0] === 0x30 && (trimmed[1] === 0x78 || trimmed[1] === 0x58)
  const digits = hasPrefix ? trimmed.subarray(2) : trimmed
  const key = new Uint8Array(32)
  const isRightLength = digits.length === 64
  let isHex = isRightLength
  for (let index = 0; isRightLength && index < 64; index++) {
    const value = digitOf(digits[index])
    isHex &&= value >= 0
    key[index >> 1] = ((key[index >> 1] ?? 0) << 4) | Math.max(0, value)
  }
  if (!isHex || !secp256k1.utils.isValidSecretKey(key)) {
    key.fill(0)
    throw new AppError('privateKey.invalid')
  }
  return key
}

function trimSpaces(text: Uint8Array): Uint8Array {
  const isSpace = (byte: number | undefined) =>
    byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13)
  let start = 0
  let end = text.length
  while (start < end && isSpace(text[start])) start++
  while (end > start && isSpace(text[end - 1])) end--
  return text.subarray(start, end)
}

function digitOf(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}
