import { z } from 'zod'
import { accountIdSchema, addressSchema, walletIdSchema } from '../identity/identity.ts'
import { nothing, secretBytesSchema, timestampMsSchema } from './common.ts'
import { command, event, query } from './route.ts'

/**
 * `keychain`: password and a secret in the operating system's keychain are both needed.
 * `password`: the password alone, with a stronger key derivation; only where the user chose it.
 */
export const protectionSchema = z.enum(['keychain', 'password'])
export type Protection = z.infer<typeof protectionSchema>

export const keychainStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('available') }),
  z.strictObject({
    state: z.literal('unavailable'),
    reason: z.enum(['absent', 'locked', 'timeout', 'failed']),
  }),
])
export type KeychainState = z.infer<typeof keychainStateSchema>

export const vaultStatusSchema = z.strictObject({
  /** `damaged`: a file is there but cannot be read as a vault; it is never overwritten. */
  state: z.enum(['none', 'locked', 'unlocked', 'damaged']),
  protection: protectionSchema.optional(),
  keychain: keychainStateSchema,
  /** No attempt is taken before then, because of wrong passwords. */
  throttledUntilMs: timestampMsSchema.optional(),
  /** The vault cannot be read, but the copy from before its last change can: `unlock` restores it on request. */
  backup: z.literal('readable').optional(),
})
export type VaultStatus = z.infer<typeof vaultStatusSchema>

export const phraseLengths = [12, 15, 18, 21, 24] as const
const wordCountSchema = z.union([z.literal(12), z.literal(24)])

/** UTF-8 of the new password; at least 8 characters after NFKC, at most 1,024 bytes. */
const newPasswordSchema = secretBytesSchema

export const phraseDraftSchema = z.strictObject({
  draftId: z.string(),
  /** UTF-8 of the BIP-39 phrase, words separated by one space. */
  phrase: secretBytesSchema,
  /** Word positions, from 1, that must be repeated before a vault is made of the draft. */
  confirmPositions: z.array(z.int().min(1).max(24)).min(3),
})
export type PhraseDraft = z.infer<typeof phraseDraftSchema>

export const createdVaultSchema = z.strictObject({
  /** UTF-8 of the recovery kit's code: the keychain secret for paper. Absent when the password alone protects. */
  recoveryKit: secretBytesSchema.optional(),
})
export type CreatedVault = z.infer<typeof createdVaultSchema>

export const accountSchema = z.strictObject({
  id: accountIdSchema,
  walletId: walletIdSchema,
  address: addressSchema,
  name: z.string().min(1).max(64),
  /** BIP-32 path of the key, for example m/44'/60'/0'/0/0. */
  path: z.string(),
})
export type Account = z.infer<typeof accountSchema>

export const walletSchema = z.strictObject({
  id: walletIdSchema,
  name: z.string().min(1).max(64),
  origin: z.enum(['created', 'imported', 'practice']),
  createdAtMs: timestampMsSchema,
  accounts: z.array(accountSchema),
})
export type Wallet = z.infer<typeof walletSchema>

const nameSchema = z.string().trim().min(1).max(64)

export const vaultContract = {
  getStatus: query(nothing, vaultStatusSchema),
  /** Makes a fresh phrase inside the signer and keeps it there for ten minutes, until a vault is made of it. */
  draftPhrase: command(z.strictObject({ words: wordCountSchema }), phraseDraftSchema),
  /** Makes a vault of a draft; refused until the asked words are right. */
  create: command(
    z.strictObject({
      draftId: z.string(),
      confirmations: z.array(z.strictObject({ position: z.int().min(1).max(24), word: secretBytesSchema })),
      password: newPasswordSchema,
      protection: protectionSchema,
    }),
    createdVaultSchema,
  ),
  /** Makes a vault of an existing BIP-39 phrase. */
  createFromPhrase: command(
    z.strictObject({ phrase: secretBytesSchema, password: newPasswordSchema, protection: protectionSchema }),
    createdVaultSchema,
  ),
  /** Makes a vault of the local chain's published practice phrase. */
  createPractice: command(
    z.strictObject({ password: newPasswordSchema, protection: protectionSchema }),
    createdVaultSchema,
  ),
  /**
   * `recoveryKit` stands in for a keychain that is lost or changed, and puts its secret back where the keychain takes it.
   * `restoreBackup` opens the backup copy where the vault itself is damaged; the damaged file is moved aside, not deleted.
   */
  unlock: command(
    z.strictObject({
      password: secretBytesSchema,
      recoveryKit: secretBytesSchema.optional(),
      restoreBackup: z.boolean().optional(),
    }),
    nothing,
  ),
  /** Ends the signer process: nothing decrypted survives. */
  lock: command(nothing, nothing),
  /** Every password is checked, also while unlocked, against the file. */
  changePassword: command(
    z.strictObject({ currentPassword: secretBytesSchema, newPassword: newPasswordSchema }),
    nothing,
  ),
  listWallets: query(nothing, z.array(walletSchema)),
  importWallet: command(
    z.strictObject({ phrase: secretBytesSchema, name: nameSchema.optional() }),
    walletSchema,
  ),
  addAccount: command(
    z.strictObject({ walletId: walletIdSchema, name: nameSchema.optional() }),
    accountSchema,
  ),
  renameAccount: command(z.strictObject({ accountId: accountIdSchema, name: nameSchema }), accountSchema),
  statusChanged: event(vaultStatusSchema),
  walletsChanged: event(z.array(walletSchema)),
} as const
