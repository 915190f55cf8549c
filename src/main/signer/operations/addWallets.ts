import type { Wallet } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, isSameAddress, type WalletId } from '../../../shared/identity/identity.ts'
import { parsePrivateKey } from '../keys/parsePrivateKey.ts'
import { createWalletKeys } from '../keys/walletKeys.ts'
import { openKeystore } from '../keystore/keystoreV3.ts'
import { decodeUtf8, encodeHex } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import { type ParsedPhrase, parsePhrase } from '../phrase/parsePhrase.ts'
import { readShares, type SharesInput } from '../shares/readShares.ts'
import type { WalletSecret } from '../vault/payload.ts'
import { createWallet, type NewWallet, toPhraseSecret, toWallet } from '../vault/wallets.ts'
import type { VaultContext } from '../vaultContext.ts'
import { saveContent } from './saveContent.ts'

export interface PhraseImport {
  readonly phrase: Uint8Array
  readonly passphrase?: Uint8Array | undefined
  readonly storesPassphrase?: boolean | undefined
  readonly pathTemplate?: string | undefined
  readonly name?: string | undefined
}

/** @throws AppError `vault.locked`, `phrase.*`, `wallet.duplicate`, `account.limitReached`, `path.invalid`, `vault.writeFailed` */
export async function importPhrase(context: VaultContext, input: PhraseImport): Promise<Wallet> {
  context.session.content()
  const parsed = parsePhrase(input.phrase)
  try {
    const passphrase = input.passphrase && decodeUtf8(input.passphrase)
    return await add(context, {
      secret: toPhraseSecret(parsed, passphrase, input.storesPassphrase),
      passphrase,
      origin: 'imported',
      name: input.name,
      pathTemplate: input.pathTemplate,
    })
  } finally {
    wipe(parsed.entropy)
  }
}

/** Of a draft whose words were repeated. */
export function addDraftedWallet(
  context: VaultContext,
  phrase: ParsedPhrase,
  name: string | undefined,
): Promise<Wallet> {
  return add(context, { secret: toPhraseSecret(phrase), origin: 'created', name })
}

/** @throws AppError `vault.locked`, `privateKey.invalid`, `wallet.duplicate`, `account.limitReached`, `vault.writeFailed` */
export async function importPrivateKey(
  context: VaultContext,
  text: Uint8Array,
  name: string | undefined,
): Promise<Wallet> {
  context.session.content()
  const key = parsePrivateKey(text)
  try {
    return await addKey(context, key, name)
  } finally {
    wipe(key)
  }
}

/** @throws AppError `vault.locked`, `keystore.*`, `privateKey.invalid`, `wallet.duplicate`, `vault.writeFailed` */
export async function importKeystore(
  context: VaultContext,
  file: Uint8Array,
  password: Uint8Array,
  name: string | undefined,
): Promise<Wallet> {
  context.session.content()
  const key = await openKeystore(file, password)
  try {
    return await addKey(context, key, name)
  } finally {
    wipe(key)
  }
}

/** @throws AppError `vault.locked`, `shares.*`, `wallet.duplicate`, `vault.writeFailed` */
export async function importShares(
  context: VaultContext,
  input: SharesInput,
  name: string | undefined,
): Promise<Wallet> {
  context.session.content()
  return add(context, { secret: await readShares(input), origin: 'imported', name })
}

/** @throws AppError `vault.locked`, `wallet.duplicate`, `account.limitReached`, `vault.writeFailed` */
export function watchAddress(
  context: VaultContext,
  address: Address,
  name: string | undefined,
): Promise<Wallet> {
  return add(context, { secret: { kind: 'watchOnly' }, address, origin: 'imported', name })
}

/**
 * Gives the session a passphrase that is kept nowhere.
 *
 * @throws AppError `vault.locked`, `wallet.missing`, `wallet.hasNoSecret`, `passphrase.wrong`
 */
export async function enterPassphrase(
  { session }: VaultContext,
  walletId: WalletId,
  passphrase: Uint8Array,
): Promise<Wallet> {
  const wallet = session.findWallet(walletId)
  const [first] = wallet.accounts
  if (wallet.secret.kind !== 'phrase' || !wallet.secret.asksPassphrase || !first) {
    throw new AppError('wallet.hasNoSecret')
  }
  const text = decodeUtf8(passphrase)
  const keys = createWalletKeys(wallet.secret, text)
  const address = await keys.addressAt(first.path).finally(keys.wipe)
  // Every passphrase leads somewhere; only the wallet's own address tells whether it is the right one.
  if (!isSameAddress(address, first.address)) throw new AppError('passphrase.wrong')
  session.keepPassphrase(walletId, text)
  return toWallet(wallet, session)
}

async function addKey(context: VaultContext, key: Uint8Array, name: string | undefined): Promise<Wallet> {
  const secret: WalletSecret = { kind: 'privateKey', privateKey: encodeHex(key) }
  return add(context, { secret, origin: 'imported', name })
}

async function add(context: VaultContext, input: Omit<NewWallet, 'createdAtMs'>): Promise<Wallet> {
  const { session } = context
  const { wallets } = session.content()
  const wallet = await createWallet({ ...input, createdAtMs: context.nowMs() }, wallets)
  await saveContent(context, { wallets: [...wallets, wallet] })
  if (wallet.secret.kind === 'phrase' && wallet.secret.asksPassphrase && input.passphrase !== undefined) {
    session.keepPassphrase(wallet.id, input.passphrase)
  }
  return toWallet(wallet, session)
}
