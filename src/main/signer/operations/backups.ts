import type { BackupCheck, CreatedVault, Protection, Wallet } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, isSameAddress, type WalletId } from '../../../shared/identity/identity.ts'
import { createWalletKeys } from '../keys/walletKeys.ts'
import { decodeUtf8, randomBytes } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import { parsePhrase } from '../phrase/parsePhrase.ts'
import { encodeRecoveryKit, parseRecoveryKit } from '../recoveryKit/recoveryKit.ts'
import { readShares, type SharesInput } from '../shares/readShares.ts'
import { createKeychainSecret, isKeychainSecretOf, unwrapDataKey, wrapDataKey } from '../vault/keySlot.ts'
import { normalizePassword, parseNewPassword } from '../vault/password.ts'
import {
  openPayload,
  type StoredWallet,
  sealPayload,
  type VaultContent,
  type WalletSecret,
} from '../vault/payload.ts'
import type { OpenSession } from '../vault/session.ts'
import { encodeVaultFile, parseVaultFile, type VaultFile } from '../vault/vaultFile.ts'
import { toPhraseSecret, toWallet } from '../vault/wallets.ts'
import type { VaultContext } from '../vaultContext.ts'
import { checkPassword } from './checkPassword.ts'
import { createVault } from './createVault.ts'
import { saveContent } from './saveContent.ts'

export interface BackupSecrets {
  readonly file: Uint8Array
  readonly backupPassword: Uint8Array
  readonly code?: Uint8Array | undefined
}

/**
 * Everything in the vault as a file that opens without this machine. It is a vault file of its own: other ids, other keys, and a
 * random code for paper in the place of the keychain's secret. Standing rules stay behind: a restored machine begins with none.
 *
 * @throws AppError `vault.locked`, `vault.wrongPassword`, `vault.throttled`, `vault.weakPassword`
 */
export async function createBackup(
  context: VaultContext,
  input: { password: Uint8Array; backupPassword: Uint8Array; hasCode: boolean; settings: string },
): Promise<{ file: Uint8Array<ArrayBuffer>; fileName: string; code?: Uint8Array<ArrayBuffer> }> {
  const own = parseNewPassword(input.backupPassword)
  const dataKey = randomBytes(32)
  const secret = input.hasCode ? createKeychainSecret() : undefined
  try {
    await checkPassword(context, input.password)
    const createdAtMs = context.nowMs()
    const content: VaultContent = {
      wallets: context.session.content().wallets,
      rules: [],
      backup: { createdAtMs, settings: input.settings },
    }
    const vaultId = randomBytes(16)
    const kdf = context.kdf[secret ? 'keychain' : 'password']
    const slot = await wrapDataKey({ vaultId, dataKey, password: own, keychainSecret: secret, kdf })
    const file = encodeVaultFile({ vaultId, slot, payload: sealPayload(vaultId, dataKey, content) })
    const day = new Date(createdAtMs).toISOString().slice(0, 10)
    return {
      file,
      fileName: `Minato backup ${day}.minato-backup`,
      ...(secret && { code: encodeRecoveryKit(secret.secret) }),
    }
  } finally {
    wipe(own, dataKey, secret?.secret)
  }
}

/**
 * Makes this profile's vault of a backup file.
 *
 * @throws AppError `backup.*`, `recoveryKit.*`, and what `createVault` throws
 */
export async function restoreBackup(
  context: VaultContext,
  input: BackupSecrets & { password: Uint8Array; protection: Protection; openSession: OpenSession },
): Promise<CreatedVault & { settings?: string }> {
  const { wallets, backup } = await openBackup(input)
  // Whoever restores has just proved that this backup works.
  const verified = wallets.map((wallet) => ({ ...wallet, lastVerifiedAtMs: context.nowMs() }))
  const makeContent = async () => ({ wallets: verified, rules: [] })
  const created = await createVault(context, { ...input, makeContent })
  return { ...created, ...(backup && { settings: backup.settings }) }
}

/** @throws AppError `vault.locked`, `backup.*`, `recoveryKit.*`, `vault.writeFailed` */
export async function mergeBackup(
  context: VaultContext,
  input: BackupSecrets,
): Promise<{ added: Wallet[]; alreadyHere: number }> {
  context.session.content()
  const opened = await openBackup(input)
  const { wallets } = context.session.content()
  const isHere = (wallet: StoredWallet) =>
    wallets.some((own) => own.id === wallet.id || restores(wallet, own))
  const added = opened.wallets.filter((wallet) => !isHere(wallet))
  if (added.length > 0) await saveContent(context, { wallets: [...wallets, ...added] })
  return {
    added: added.map((wallet) => toWallet(wallet, context.session)),
    alreadyHere: opened.wallets.length - added.length,
  }
}

/** @throws AppError `vault.locked`, `backup.*`, `recoveryKit.*`, `vault.writeFailed` */
export async function checkBackup(context: VaultContext, input: BackupSecrets): Promise<BackupCheck> {
  context.session.content()
  const { wallets: inBackup, backup } = await openBackup(input)
  const { wallets } = context.session.content()
  const matched = wallets
    .filter((own) => inBackup.some((wallet) => restores(wallet, own)))
    .map(({ id }) => id)
  await markVerified(context, matched)
  return {
    matched,
    missing: wallets.map(({ id }) => id).filter((id) => !matched.includes(id)),
    unknownWallets: inBackup.filter((wallet) => !wallets.some((own) => restores(wallet, own))).length,
    ...(backup && { createdAtMs: backup.createdAtMs }),
  }
}

/** @throws AppError `vault.locked`, `phrase.*`, `vault.writeFailed` */
export async function checkPhrase(
  context: VaultContext,
  phrase: Uint8Array,
  passphrase: Uint8Array | undefined,
): Promise<BackupCheck> {
  context.session.content()
  const parsed = parsePhrase(phrase)
  const secret = toPhraseSecret(parsed)
  wipe(parsed.entropy)
  return checkSecret(context, secret, passphrase ? decodeUtf8(passphrase) : '')
}

/** @throws AppError `vault.locked`, `shares.*`, `vault.writeFailed` */
export async function checkShares(context: VaultContext, input: SharesInput): Promise<BackupCheck> {
  context.session.content()
  return checkSecret(context, await readShares(input), '')
}

/** A secret works for the wallets whose every account it leads to. */
async function checkSecret(
  context: VaultContext,
  secret: WalletSecret,
  passphrase: string,
): Promise<BackupCheck> {
  const matched: WalletId[] = []
  for (const wallet of context.session.content().wallets) {
    if (wallet.pathTemplate === undefined) continue
    // Shares hold no passphrase: that one is kept apart, and the wallet's own is taken for the comparison.
    const keys = createWalletKeys(secret, passphrase || ownPassphrase(context, wallet))
    try {
      let isWhole = true
      for (const { path, address } of wallet.accounts) {
        isWhole &&= path !== undefined && isSameAddress(await keys.addressAt(path), address)
      }
      if (isWhole) matched.push(wallet.id)
    } finally {
      keys.wipe()
    }
  }
  await markVerified(context, matched)
  return { matched, missing: [], unknownWallets: matched.length === 0 ? 1 : 0 }
}

function ownPassphrase({ session }: VaultContext, wallet: StoredWallet): string {
  if (wallet.secret.kind === 'phrase' && wallet.secret.asksPassphrase && !session.hasPassphrase(wallet.id)) {
    return ''
  }
  return session.passphraseOf(wallet)
}

async function markVerified(context: VaultContext, walletIds: readonly WalletId[]): Promise<void> {
  if (walletIds.length === 0) return
  const lastVerifiedAtMs = context.nowMs()
  await saveContent(context, {
    wallets: context.session
      .content()
      .wallets.map((wallet) => (walletIds.includes(wallet.id) ? { ...wallet, lastVerifiedAtMs } : wallet)),
  })
}

/** Whether one stored wallet brings another back in full: the same secret, and every account that it does not lead to. */
function restores(backup: StoredWallet, own: StoredWallet): boolean {
  if (fingerprint(backup.secret) !== fingerprint(own.secret)) return false
  const isThere = ({ address }: { address: Address }) =>
    backup.accounts.some((each) => isSameAddress(each.address, address))
  // A phrase leads to all of its accounts; one that is there shows that the passphrase is the same too.
  return own.pathTemplate === undefined ? own.accounts.every(isThere) : own.accounts.some(isThere)
}

function fingerprint(secret: WalletSecret): string {
  switch (secret.kind) {
    case 'phrase':
      return `${secret.language} ${secret.entropy}`
    case 'seed':
      return secret.seed
    case 'privateKey':
      return secret.privateKey
    case 'watchOnly':
      return 'watchOnly'
  }
}

async function openBackup({ file: bytes, backupPassword, code }: BackupSecrets): Promise<VaultContent> {
  const file = parseBackup(bytes)
  const { vaultId, slot } = file
  if (slot.protection === 'keychain' && !code) throw new AppError('backup.codeNeeded')
  const secret = slot.protection === 'keychain' && code ? parseRecoveryKit(code) : undefined
  const normalized = normalizePassword(backupPassword)
  let dataKey: Uint8Array | undefined
  try {
    if (secret && !isKeychainSecretOf(vaultId, slot, secret)) throw new AppError('recoveryKit.mismatch')
    dataKey = await unwrapDataKey(vaultId, slot, normalized, secret)
    if (!dataKey) throw new AppError('backup.wrongPassword')
    return asBackup(() => openPayload(file, dataKey ?? new Uint8Array()))
  } finally {
    wipe(secret, normalized, dataKey)
  }
}

const parseBackup = (bytes: Uint8Array): VaultFile => asBackup(() => parseVaultFile(bytes))

/** What is damage to a vault is an unusable file here. */
function asBackup<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (
      error instanceof AppError &&
      (error.code === 'vault.damaged' || error.code === 'vault.kdfOutOfBounds')
    ) {
      throw new AppError('backup.invalid', error.params)
    }
    throw error
  }
}
