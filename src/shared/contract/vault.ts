import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema, walletIdSchema } from '../identity/identity.ts'
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

/** One of the palette's colours, to tell wallets and accounts apart at a glance. */
export const labelColourSchema = z.enum([
  'teal',
  'blue',
  'violet',
  'rose',
  'amber',
  'green',
  'slate',
  'brown',
])
export type LabelColour = z.infer<typeof labelColourSchema>
export const colourChoiceSchema = z.enum([...labelColourSchema.options, 'none'])
export type ColourChoice = z.infer<typeof colourChoiceSchema>

/** How paths are counted: `{index}` is where an account's number goes. */
export const pathTemplates = {
  /** BIP-44, as MetaMask, Trezor and most others count. */
  bip44: "m/44'/60'/0'/0/{index}",
  /** Ledger Live counts BIP-44's accounts. */
  ledgerLive: "m/44'/60'/{index}'/0/0",
  /** Old MyEtherWallet and Ledger's old Chrome application. */
  legacyMew: "m/44'/60'/0'/{index}",
} as const

/** Five to ten levels deep would be no wallet's; each index below 2^31. */
const pathTemplateSchema = z
  .string()
  .max(100)
  .regex(/^m(?:\/(?:\d{1,10}|\{index\})'?){1,9}$/)
  .refine((template) => template.split('{index}').length === 2)

const pathSchema = z
  .string()
  .max(100)
  .regex(/^m(?:\/\d{1,10}'?){1,10}$/)

export const accountSchema = z.strictObject({
  id: accountIdSchema,
  walletId: walletIdSchema,
  address: addressSchema,
  name: z.string().min(1).max(64),
  /** BIP-32 path of the key, for example m/44'/60'/0'/0/0; absent where no phrase or seed leads to it. */
  path: pathSchema.optional(),
  colour: labelColourSchema.optional(),
  isHidden: z.literal(true).optional(),
  /** No key is here: it can be looked at, and nothing can be signed for it. */
  isWatchOnly: z.literal(true).optional(),
})
export type Account = z.infer<typeof accountSchema>

export const walletKindSchema = z.enum([
  /** A BIP-39 phrase. */
  'phrase',
  /** A BIP-32 master secret, as SLIP-39 shares of other wallets hold. */
  'seed',
  'privateKey',
  /** An address without its key. */
  'watchOnly',
])
export type WalletKind = z.infer<typeof walletKindSchema>

export const walletSchema = z.strictObject({
  id: walletIdSchema,
  name: z.string().min(1).max(64),
  origin: z.enum(['created', 'imported', 'practice']),
  kind: walletKindSchema,
  createdAtMs: timestampMsSchema,
  accounts: z.array(accountSchema),
  colour: labelColourSchema.optional(),
  isHidden: z.literal(true).optional(),
  /** How further accounts are counted; for phrases and seeds. */
  pathTemplate: pathTemplateSchema.optional(),
  /**
   * BIP-39's optional passphrase: kept in the vault, or asked for again in every session (`missing` until it was entered).
   * Absent where the wallet has none.
   */
  passphrase: z.enum(['stored', 'entered', 'missing']).optional(),
  /** When the user last proved that phrase, shares or a backup file of it work. */
  lastVerifiedAtMs: timestampMsSchema.optional(),
})
export type Wallet = z.infer<typeof walletSchema>

export const nameSchema = z.string().trim().min(1).max(64)
const passphraseFields = {
  /** BIP-39's optional passphrase (UTF-8); another one is another wallet, and none is ever wrong. */
  passphrase: secretBytesSchema.optional(),
  /** Keeps the passphrase in the vault; otherwise it is asked for in every session. */
  storesPassphrase: z.boolean().optional(),
}
const optionalName = { name: nameSchema.optional() }
const confirmationsSchema = z.array(
  z.strictObject({ position: z.int().min(1).max(24), word: secretBytesSchema }),
)

/** UTF-8 of the code that belongs to a backup file; absent where its password alone protects it. */
const backupSecrets = {
  /** The backup file's bytes, as `createBackup` gave them. */
  file: z.instanceof(Uint8Array),
  backupPassword: secretBytesSchema,
  code: secretBytesSchema.optional(),
}

const sharesInput = {
  /** UTF-8 of the words of each SLIP-39 share; as many as its threshold asks for. */
  shares: z.array(secretBytesSchema).min(1).max(256),
  /** What the shares hold: a phrase (Minato's own), or the master secret itself (Trezor and others). */
  holds: z.enum(['phrase', 'masterSecret']),
  /** SLIP-39's own passphrase, printable ASCII. */
  sharesPassphrase: secretBytesSchema.optional(),
}

export const derivedAddressSchema = z.strictObject({
  path: pathSchema,
  index: z.int().nonnegative(),
  address: addressSchema,
  /** Set where the wallet has this account already. */
  accountId: accountIdSchema.optional(),
})
export type DerivedAddress = z.infer<typeof derivedAddressSchema>

export const discoverySchema = z.strictObject({
  /** Addresses that were used, by path style; those that the wallet has already are marked. */
  found: z.array(
    derivedAddressSchema.extend({ pathTemplate: z.string(), chainIds: z.array(chainIdSchema).min(1) }),
  ),
  /** Chains whose nodes did not answer: nothing is known of them. */
  unansweredChainIds: z.array(chainIdSchema),
})
export type Discovery = z.infer<typeof discoverySchema>

/** How far a discovery is; it ends by itself, so that nobody knows of how many addresses. */
export const discoveryProgressSchema = z.strictObject({
  searched: z.int().nonnegative(),
  found: z.int().nonnegative(),
})
export type DiscoveryProgress = z.infer<typeof discoveryProgressSchema>

/** What a restore drill found; the live vault was only compared with, and its wallets marked as verified. */
export const backupCheckSchema = z.strictObject({
  /** Wallets of the live vault that this backup would restore in full. */
  matched: z.array(walletIdSchema),
  /** Wallets of the live vault that it would not restore; asked of a backup file only. */
  missing: z.array(walletIdSchema),
  /** Wallets in the backup that the live vault does not have. */
  unknownWallets: z.int().nonnegative(),
  createdAtMs: timestampMsSchema.optional(),
})
export type BackupCheck = z.infer<typeof backupCheckSchema>

export const phraseRestorationSchema = z.strictObject({
  phrase: secretBytesSchema,
  ...passphraseFields,
  password: newPasswordSchema,
  protection: protectionSchema,
})
export const backupRequestSchema = z.strictObject({
  password: secretBytesSchema,
  backupPassword: newPasswordSchema,
  hasCode: z.boolean(),
})
export const backupSchema = z.strictObject({
  file: z.instanceof(Uint8Array),
  fileName: z.string(),
  code: secretBytesSchema.optional(),
})
export const backupRestorationSchema = z.strictObject({
  ...backupSecrets,
  password: newPasswordSchema,
  protection: protectionSchema,
})

export const vaultContract = {
  getStatus: query(nothing, vaultStatusSchema),
  /** Makes a fresh phrase inside the signer and keeps it there for ten minutes, until a vault is made of it. */
  draftPhrase: command(z.strictObject({ words: wordCountSchema }), phraseDraftSchema),
  /** Makes a vault of a draft; refused until the asked words are right. */
  create: command(
    z.strictObject({
      draftId: z.string(),
      confirmations: confirmationsSchema,
      password: newPasswordSchema,
      protection: protectionSchema,
    }),
    createdVaultSchema,
  ),
  /** Makes a vault of an existing BIP-39 phrase. */
  createFromPhrase: command(phraseRestorationSchema, createdVaultSchema),
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
  /** Adds a wallet of a draft; refused until the asked words are right. */
  createWallet: command(
    z.strictObject({ draftId: z.string(), confirmations: confirmationsSchema, ...optionalName }),
    walletSchema,
  ),
  /** Adds a wallet of an existing BIP-39 phrase, in any of its languages. */
  importWallet: command(
    z.strictObject({
      phrase: secretBytesSchema,
      ...passphraseFields,
      pathTemplate: pathTemplateSchema.optional(),
      ...optionalName,
    }),
    walletSchema,
  ),
  /** UTF-8 of 64 hexadecimal digits, with or without 0x. */
  importPrivateKey: command(z.strictObject({ privateKey: secretBytesSchema, ...optionalName }), walletSchema),
  /** A Web3 Secret Storage file (version 3), with scrypt or PBKDF2. */
  importKeystore: command(
    z.strictObject({ keystore: z.instanceof(Uint8Array), password: secretBytesSchema, ...optionalName }),
    walletSchema,
  ),
  importShares: command(z.strictObject({ ...sharesInput, ...optionalName }), walletSchema),
  /** An address, or a name that is resolved now and kept as an address. */
  watchAddress: command(
    z.strictObject({ addressOrName: z.string().trim().min(1).max(255), ...optionalName }),
    walletSchema,
  ),
  /** Gives the session a passphrase that is not kept; refused unless it leads to the wallet's own addresses. */
  enterPassphrase: command(
    z.strictObject({ walletId: walletIdSchema, passphrase: secretBytesSchema }),
    walletSchema,
  ),
  updateWallet: command(
    z.strictObject({
      walletId: walletIdSchema,
      ...optionalName,
      /** `none` takes the colour away. */
      colour: colourChoiceSchema.optional(),
      isHidden: z.boolean().optional(),
    }),
    walletSchema,
  ),
  updateAccount: command(
    z.strictObject({
      accountId: accountIdSchema,
      ...optionalName,
      /** `none` takes the colour away. */
      colour: colourChoiceSchema.optional(),
      isHidden: z.boolean().optional(),
    }),
    accountSchema,
  ),
  /** All of the ids, in the order in which they are shown from now on. */
  orderWallets: command(z.strictObject({ walletIds: z.array(walletIdSchema) }), z.array(walletSchema)),
  orderAccounts: command(
    z.strictObject({ walletId: walletIdSchema, accountIds: z.array(accountIdSchema) }),
    walletSchema,
  ),
  /** Forgets a wallet and its keys; only its own backups bring it back. */
  removeWallet: command(z.strictObject({ walletId: walletIdSchema, password: secretBytesSchema }), nothing),
  /** The next account of the wallet. */
  addAccount: command(
    z.strictObject({ walletId: walletIdSchema, name: nameSchema.optional() }),
    accountSchema,
  ),
  /** Adds the accounts at these paths; those that are there already are passed over. */
  addAccounts: command(
    z.strictObject({ walletId: walletIdSchema, paths: z.array(pathSchema).min(1).max(200) }),
    z.array(accountSchema),
  ),
  renameAccount: command(z.strictObject({ accountId: accountIdSchema, name: nameSchema }), accountSchema),
  /** Addresses by index, to choose from; changes nothing. */
  deriveAddresses: query(
    z.strictObject({
      walletId: walletIdSchema,
      /** The wallet's own when absent. */
      pathTemplate: pathTemplateSchema.optional(),
      start: z.int().min(0).max(0x7fff_ffff),
      count: z.int().min(1).max(1_000),
    }),
    z.array(derivedAddressSchema),
  ),
  /** Looks on the enabled chains for addresses that were used, in every path style, until 20 in a row were not. */
  discoverAccounts: query(z.strictObject({ walletId: walletIdSchema }), discoverySchema),

  /** Secrets, behind the password. Wrong passwords count as at unlocking. */
  revealPhrase: command(
    z.strictObject({ walletId: walletIdSchema, password: secretBytesSchema }),
    z.strictObject({ phrase: secretBytesSchema, passphrase: secretBytesSchema.optional() }),
  ),
  /** UTF-8: 0x and 64 hexadecimal digits. */
  exportPrivateKey: command(
    z.strictObject({ accountId: accountIdSchema, password: secretBytesSchema }),
    z.strictObject({ privateKey: secretBytesSchema }),
  ),
  /** A Web3 Secret Storage file (version 3) under a password of its own. */
  exportKeystore: command(
    z.strictObject({
      accountId: accountIdSchema,
      password: secretBytesSchema,
      keystorePassword: newPasswordSchema,
    }),
    z.strictObject({ keystore: z.instanceof(Uint8Array), fileName: z.string() }),
  ),
  /** Splits a phrase into SLIP-39 shares: any `threshold` of `count` bring it back. UTF-8, one entry a share. */
  createShares: command(
    z.strictObject({
      walletId: walletIdSchema,
      password: secretBytesSchema,
      threshold: z.int().min(2).max(16),
      count: z.int().min(2).max(16),
    }),
    z.strictObject({
      shares: z.array(secretBytesSchema),
      /** What to choose when they are read again: shares cannot say a phrase's language, so of one that is not English they hold the seed. */
      holds: z.enum(['phrase', 'masterSecret']),
    }),
  ),
  /**
   * All wallets, labels and settings in a file of their own, under a password of its own and, with `hasCode`, a random code
   * for paper without which the file is worthless.
   */
  createBackup: command(backupRequestSchema, backupSchema),
  /** Makes this profile's vault of a backup file; refused where there is a vault. */
  restoreBackup: command(backupRestorationSchema, createdVaultSchema),
  /** Makes a vault of SLIP-39 shares. */
  createFromShares: command(
    z.strictObject({ ...sharesInput, password: newPasswordSchema, protection: protectionSchema }),
    createdVaultSchema,
  ),
  /** Adds the wallets of a backup file that are not here yet; what is here stays as it is. */
  mergeBackup: command(
    z.strictObject(backupSecrets),
    z.strictObject({ added: z.array(walletSchema), alreadyHere: z.int().nonnegative() }),
  ),
  /** Restore drills: what a backup would bring back, without changing any key. */
  checkBackup: command(z.strictObject(backupSecrets), backupCheckSchema),
  checkPhrase: command(
    z.strictObject({ phrase: secretBytesSchema, passphrase: secretBytesSchema.optional() }),
    backupCheckSchema,
  ),
  checkShares: command(z.strictObject(sharesInput), backupCheckSchema),

  /** A new keychain secret and kit: the old kit opens nothing from then on. */
  renewRecoveryKit: command(z.strictObject({ password: secretBytesSchema }), createdVaultSchema),
  /** With the keychain's secret beside the password, or without. */
  changeProtection: command(
    z.strictObject({ password: secretBytesSchema, protection: protectionSchema }),
    createdVaultSchema,
  ),
  statusChanged: event(vaultStatusSchema),
  walletsChanged: event(z.array(walletSchema)),
  discoveryProgressed: event(discoveryProgressSchema),
} as const
