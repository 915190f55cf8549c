import { AppError } from '../../../shared/errors/AppError.ts'
import { decodeUtf8, encodeUtf8 } from '../memory/bytes.ts'

const minimumPasswordCharacters = 8
const maximumPasswordBytes = 1024

/**
 * UTF-8 after Unicode's NFKC, so that the same password typed on another system opens the vault. A new array.
 *
 * @throws AppError `request.invalid` when the bytes are not UTF-8.
 */
export function normalizePassword(password: Uint8Array): Uint8Array {
  // ASCII is its own normal form, and need not become a string, which could not be overwritten.
  if (password.every((byte) => byte < 0x80)) return Uint8Array.from(password)
  return encodeUtf8(decodeUtf8(password).normalize('NFKC'))
}

/**
 * The normal form of a password that is to protect a vault from now on.
 *
 * @throws AppError `vault.weakPassword`, `request.invalid`
 */
export function parseNewPassword(password: Uint8Array): Uint8Array {
  const normalized = normalizePassword(password)
  // Characters are UTF-8 sequences: every byte but the continuation bytes starts one.
  const characters = normalized.reduce((count, byte) => ((byte & 0xc0) === 0x80 ? count : count + 1), 0)
  if (characters < minimumPasswordCharacters) {
    throw new AppError('vault.weakPassword', { reason: 'tooShort', minimum: minimumPasswordCharacters })
  }
  if (normalized.length > maximumPasswordBytes) {
    throw new AppError('vault.weakPassword', { reason: 'tooLong', maximumBytes: maximumPasswordBytes })
  }
  return normalized
}
