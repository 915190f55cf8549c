import { AppError } from '../../../shared/errors/AppError.ts'
import { decodeUtf8, encodeUtf8 } from '../memory/bytes.ts'

/**
 * Loaded when it is needed: the package extends the prototypes of String and Array, which everything else shall be spared.
 */
const load = async () => (await import('slip39')).default

/** Rounds of SLIP-39's PBKDF2 are 10,000 times two to this power; what the standard proposes. */
const iterationExponent = 1

/**
 * Splits a secret so that any `threshold` of `count` shares bring it back, and fewer say nothing about it (SLIP-39, one group).
 *
 * @returns UTF-8 of the words of each share.
 */
export async function splitSecret(
  secret: Uint8Array,
  threshold: number,
  count: number,
): Promise<Uint8Array<ArrayBuffer>[]> {
  if (threshold > count) throw new AppError('request.invalid', { path: 'threshold', rule: 'overCount' })
  const slip39 = await load()
  const shares = slip39.fromArray([...secret], {
    passphrase: '',
    threshold: 1,
    groups: [[threshold, count, '']],
    iterationExponent,
    extendableBackupFlag: 1,
  })
  return shares.fromPath('r/0').mnemonics.map(encodeUtf8)
}

/**
 * The secret of SLIP-39 shares, in any order, whatever program made them; more of one group than needed do no harm.
 *
 * @param passphrase SLIP-39's own: a wrong one gives another secret, and none is ever refused.
 * @throws AppError `shares.invalid` (with the position of the wrong one, where one is wrong by itself), `shares.insufficient`
 */
export async function combineShares(
  shares: readonly Uint8Array[],
  passphrase: Uint8Array | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const slip39 = await load()
  const mnemonics = shares.map((share) =>
    decodeUtf8(share).normalize('NFKC').toLowerCase().trim().split(/\s+/).join(' '),
  )
  const wrong = mnemonics.findIndex((mnemonic) => !slip39.validateMnemonic(mnemonic))
  if (wrong >= 0) throw new AppError('shares.invalid', { position: wrong + 1 })
  const words = passphrase ? decodeUtf8(passphrase) : ''
  try {
    return Uint8Array.from(recoverExactly(slip39, mnemonics, words))
  } catch (error) {
    // The package's texts quote words of the shares and go no further.
    const isTooFew = error instanceof Error && /^(?:Insufficient number|Wrong number)/.test(error.message)
    throw new AppError(isTooFew ? 'shares.insufficient' : 'shares.invalid')
  }
}

/** The package wants exactly as many shares as the threshold says; what is over is left out only where all fit together. */
function recoverExactly(
  slip39: Awaited<ReturnType<typeof load>>,
  mnemonics: string[],
  passphrase: string,
): number[] {
  try {
    return slip39.recoverSecret(mnemonics, passphrase)
  } catch (error) {
    const counts =
      error instanceof Error ? /Expected (\d+) mnemonics .*but (\d+) were/s.exec(error.message) : null
    const [expected, given] = [Number(counts?.[1]), Number(counts?.[2])]
    // Of several groups the package does not say which one has too many.
    if (!(given > expected) || given !== mnemonics.length) throw error
    return slip39.recoverSecret(mnemonics.slice(0, expected), passphrase)
  }
}
