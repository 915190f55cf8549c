import { bytesToBigInt, bytesToString } from 'viem'
import { toSafeText } from '../../../../shared/text/toSafeText.ts'

const longestBytes = 512n

/**
 * Reads a token's name or symbol from raw return data, whether it is an ABI string or, as of some early tokens, 32 bytes padded with zeros.
 *
 * `undefined` where there is no text; what is returned is safe to show and at most `maxLength` code points.
 */
export function decodeTokenText(data: Uint8Array | undefined, maxLength: number): string | undefined {
  if (data === undefined) return undefined
  const bytes = readAbiString(data) ?? readFixedBytes(data)
  if (bytes === undefined) return undefined
  const text = toSafeText(bytesToString(bytes), maxLength)
  return text === '' ? undefined : text
}

function readAbiString(data: Uint8Array): Uint8Array | undefined {
  if (data.length < 64) return undefined
  const offset = bytesToBigInt(data.subarray(0, 32))
  if (offset > BigInt(data.length - 32)) return undefined
  const start = Number(offset) + 32
  const length = bytesToBigInt(data.subarray(start - 32, start))
  // A longer text is nobody's name; its beginning is shown, cut by the caller's limit.
  const end = start + Number(length < longestBytes ? length : longestBytes)
  return data.subarray(start, Math.min(end, data.length))
}

function readFixedBytes(data: Uint8Array): Uint8Array | undefined {
  if (data.length !== 32) return undefined
  const end = data.indexOf(0)
  return data.subarray(0, end === -1 ? 32 : end)
}
