import { createCipheriv, createDecipheriv } from 'node:crypto'
import { concatBytes } from '../memory/bytes.ts'

const tagLength = 16
export const ivLength = 12

/** AES-256-GCM (NIST SP 800-38D): ciphertext followed by its 16-byte tag. An IV must never repeat under one key. */
export function sealAesGcm(
  key: Uint8Array,
  iv: Uint8Array,
  associated: Uint8Array,
  plain: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength })
  cipher.setAAD(associated)
  return concatBytes(cipher.update(plain), cipher.final(), cipher.getAuthTag())
}

/** The plain bytes, or `undefined` where key, IV, associated bytes or ciphertext are not the ones that were sealed. */
export function openAesGcm(
  key: Uint8Array,
  iv: Uint8Array,
  associated: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength })
  decipher.setAAD(associated)
  decipher.setAuthTag(sealed.subarray(-tagLength))
  const plain = decipher.update(sealed.subarray(0, -tagLength))
  try {
    decipher.final()
  } catch {
    plain.fill(0)
    return undefined
  }
  const owned = Uint8Array.from(plain)
  plain.fill(0)
  return owned
}
