import { entropyToMnemonic } from '@scure/bip39'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, WalletId } from '../../../shared/identity/identity.ts'
import { deriveSeed } from '../keys/deriveSeed.ts'
import { createKeystore } from '../keystore/keystoreV3.ts'
import { decodeHex, encodeHex, encodeUtf8 } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import { wordlists } from '../phrase/wordlists.ts'
import { splitSecret } from '../shares/phraseShares.ts'
import { parseNewPassword } from '../vault/password.ts'
import type { StoredWallet } from '../vault/payload.ts'
import type { VaultContext } from '../vaultContext.ts'
import { checkPassword } from './checkPassword.ts'

/** @throws AppError `vault.locked`, `wallet.missing`, `wallet.hasNoSecret`, `vault.wrongPassword`, `vault.throttled` */
export async function revealPhrase(
  context: VaultContext,
  walletId: WalletId,
  password: Uint8Array,
): Promise<{ phrase: Uint8Array<ArrayBuffer>; passphrase?: Uint8Array<ArrayBuffer> }> {
  await checkPassword(context, password)
  const { secret } = context.session.findWallet(walletId)
  if (secret.kind !== 'phrase') throw new AppError('wallet.hasNoSecret')
  const entropy = decodeHex(secret.entropy)
  const phrase = encodeUtf8(entropyToMnemonic(entropy, wordlists[secret.language]))
  wipe(entropy)
  return { phrase, ...(secret.passphrase !== undefined && { passphrase: encodeUtf8(secret.passphrase) }) }
}

/** @throws AppError `vault.locked`, `account.missing`, `signing.watchOnly`, `vault.wrongPassword`, `vault.throttled` */
export async function exportPrivateKey(
  context: VaultContext,
  accountId: AccountId,
  password: Uint8Array,
): Promise<{ privateKey: Uint8Array<ArrayBuffer> }> {
  await checkPassword(context, password)
  const { privateKey } = await keyOf(context, accountId)
  const text = encodeUtf8(`0x${encodeHex(privateKey)}`)
  wipe(privateKey)
  return { privateKey: text }
}

/** @throws AppError as `exportPrivateKey`, and `vault.weakPassword` */
export async function exportKeystore(
  context: VaultContext,
  accountId: AccountId,
  password: Uint8Array,
  keystorePassword: Uint8Array,
): Promise<{ keystore: Uint8Array<ArrayBuffer>; fileName: string }> {
  const own = parseNewPassword(keystorePassword)
  try {
    await checkPassword(context, password)
    const { privateKey, address } = await keyOf(context, accountId)
    const keystore = await createKeystore(privateKey, address, own).finally(() => wipe(privateKey))
    const time = new Date(context.nowMs()).toISOString().replaceAll(':', '-')
    // geth's own way of naming them.
    return { keystore, fileName: `UTC--${time}--${address.slice(2).toLowerCase()}.json` }
  } finally {
    wipe(own)
  }
}

/**
 * SLIP-39 shares of a phrase's entropy; of another language than English, of the seed that it leads to, since shares cannot say
 * a language.
 *
 * @throws AppError `vault.locked`, `wallet.missing`, `wallet.hasNoSecret`, `vault.wrongPassword`, `vault.throttled`
 */
export async function createShares(
  context: VaultContext,
  input: { walletId: WalletId; password: Uint8Array; threshold: number; count: number },
): Promise<{ shares: Uint8Array<ArrayBuffer>[]; holds: 'phrase' | 'masterSecret' }> {
  await checkPassword(context, input.password)
  const { secret, holds } = await shareable(context, context.session.findWallet(input.walletId))
  try {
    return { shares: await splitSecret(secret, input.threshold, input.count), holds }
  } finally {
    wipe(secret)
  }
}

async function shareable(
  { session }: VaultContext,
  wallet: StoredWallet,
): Promise<{ secret: Uint8Array; holds: 'phrase' | 'masterSecret' }> {
  const { secret } = wallet
  if (secret.kind === 'seed') return { secret: decodeHex(secret.seed), holds: 'masterSecret' }
  if (secret.kind !== 'phrase') throw new AppError('wallet.hasNoSecret')
  if (secret.language === 'english') return { secret: decodeHex(secret.entropy), holds: 'phrase' }
  return { secret: await deriveSeed(secret, session.passphraseOf(wallet)), holds: 'masterSecret' }
}

async function keyOf({ session }: VaultContext, accountId: AccountId) {
  const { wallet, account } = session.findAccount(accountId)
  const { privateKey } = await session.keysOf(wallet).keyAt(account.path)
  return { privateKey, address: account.address }
}
