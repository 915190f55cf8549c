import { AppError } from '../../../shared/errors/AppError.ts'
import { encodeHex } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import type { WalletSecret } from '../vault/payload.ts'
import { combineShares } from './phraseShares.ts'

export interface SharesInput {
  readonly shares: readonly Uint8Array[]
  readonly holds: 'phrase' | 'masterSecret'
  readonly sharesPassphrase?: Uint8Array | undefined
}

/** BIP-39's lengths of entropy, in bytes: 12 to 24 words. */
const entropyLengths: readonly number[] = [16, 20, 24, 28, 32]

/**
 * The wallet's secret in SLIP-39 shares: the entropy of an English phrase, as Minato writes it, or BIP-32's seed, as wallets do
 * that know SLIP-39 only.
 *
 * @throws AppError `shares.invalid`, `shares.insufficient`
 */
export async function readShares({ shares, holds, sharesPassphrase }: SharesInput): Promise<WalletSecret> {
  const secret = await combineShares(shares, sharesPassphrase)
  try {
    if (holds === 'masterSecret') {
      if (secret.length > 64) throw new AppError('shares.invalid')
      return { kind: 'seed', seed: encodeHex(secret) }
    }
    if (!entropyLengths.includes(secret.length)) throw new AppError('shares.invalid')
    return { kind: 'phrase', language: 'english', entropy: encodeHex(secret) }
  } finally {
    wipe(secret)
  }
}
