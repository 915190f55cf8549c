import { pbkdf2 } from 'node:crypto'
import { entropyToMnemonic } from '@scure/bip39'
import { decodeHex, encodeUtf8 } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import { wordlists } from '../phrase/wordlists.ts'
import type { PhraseSecret } from '../vault/payload.ts'

/**
 * The seed of a phrase: PBKDF2-HMAC-SHA512 over the NFKD of phrase and passphrase, 2,048 rounds (BIP-39). The caller
 * wipes it.
 *
 * @param passphrase BIP-39's optional one: another passphrase is another wallet.
 */
export async function deriveSeed(
  { entropy, language }: PhraseSecret,
  passphrase: string,
): Promise<Uint8Array> {
  const bytes = decodeHex(entropy)
  const phrase = encodeUtf8(entropyToMnemonic(bytes, wordlists[language]).normalize('NFKD'))
  const salt = encodeUtf8(`mnemonic${passphrase}`.normalize('NFKD'))
  try {
    return await stretch(phrase, salt)
  } finally {
    wipe(bytes, phrase, salt)
  }
}

function stretch(phrase: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    pbkdf2(phrase, salt, 2048, 64, 'sha512', (error, seed) => (error ? reject(error) : resolve(seed)))
  })
}
