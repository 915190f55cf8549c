import { bech32m } from '@scure/base'
import { AppError } from '../../../shared/errors/AppError.ts'
import { concatBytes, decodeUtf8, encodeUtf8 } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import { keychainSecretLength } from '../vault/keySlot.ts'

const prefix = 'minato'
const kitVersion = 1
const groupLength = 4

/**
 * The keychain secret as a code for paper: bech32m (BIP-350) of a version byte and the secret, upper case, in groups of
 * four. Its checksum finds any four wrong characters; its alphabet has no look-alikes.
 *
 * @returns UTF-8, to be overwritten after use.
 */
export function encodeRecoveryKit(secret: Uint8Array): Uint8Array<ArrayBuffer> {
  const content = concatBytes(Uint8Array.of(kitVersion), secret)
  try {
    const code = bech32m.encode(prefix, bech32m.toWords(content)).toUpperCase()
    const data = code.slice(prefix.length + 1)
    const groups = data.match(new RegExp(`.{1,${groupLength}}`, 'g')) ?? []
    return encodeUtf8([code.slice(0, prefix.length + 1), ...groups].join(' '))
  } finally {
    wipe(content)
  }
}

/**
 * Reads a recovery kit as people type it: any case, spaces, dashes, line breaks and full-width characters are fine, and so
 * are the look-alikes that its alphabet leaves out (o for 0, i and 1 for l).
 *
 * @throws AppError `recoveryKit.invalid`
 */
export function parseRecoveryKit(kit: Uint8Array): Uint8Array {
  const text = decodeUtf8(kit)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Pd}_.]/gu, '')
  const start = `${prefix}1`
  if (!text.startsWith(start)) throw new AppError('recoveryKit.invalid', { reason: 'prefix' })
  const data = text.slice(start.length).replaceAll('o', '0').replaceAll(/[i1]/g, 'l')
  const decoded = bech32m.decodeUnsafe(`${start}${data}`)
  const content = decoded && bech32m.fromWordsUnsafe(decoded.words)
  if (!content) throw new AppError('recoveryKit.invalid', { reason: 'checksum' })
  if (content[0] !== kitVersion || content.length !== keychainSecretLength + 1) {
    throw new AppError('recoveryKit.invalid', { reason: 'version' })
  }
  const secret = Uint8Array.from(content.subarray(1))
  wipe(content)
  return secret
}
