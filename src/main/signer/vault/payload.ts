import { z } from 'zod'
import { timestampMsSchema } from '../../../shared/contract/common.ts'
import type { StandingRule } from '../../../shared/contract/rules.ts'
import { accountSchema, walletSchema } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { encodeUtf8, randomBytes } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import { phraseLanguages } from '../phrase/phraseLanguages.ts'
import { ivLength, openAesGcm, sealAesGcm } from './aesGcm.ts'
import { migratePayload } from './migratePayload.ts'
import { decodeRule, encodeRule, storedRuleSchema } from './storedRule.ts'
import { encodeIdentity, type VaultFile } from './vaultFile.ts'

const storedAccountSchema = accountSchema.omit({ walletId: true, isWatchOnly: true })
export type StoredAccount = z.infer<typeof storedAccountSchema>

/** Entropy and language give the phrase exactly; as hexadecimal, 16 to 32 bytes. */
const phraseSecretSchema = z.strictObject({
  kind: z.literal('phrase'),
  language: z.enum(phraseLanguages),
  entropy: z.string().regex(/^(?:[0-9a-f]{8}){4,8}$/),
  /** BIP-39's optional passphrase, where the user chose to have it kept. */
  passphrase: z.string().optional(),
  /** The wallet has a passphrase that is kept nowhere. */
  asksPassphrase: z.literal(true).optional(),
})
export type PhraseSecret = z.infer<typeof phraseSecretSchema>

const walletSecretSchema = z.discriminatedUnion('kind', [
  phraseSecretSchema,
  /** BIP-32's seed: 16 to 64 bytes as hexadecimal. */
  z.strictObject({ kind: z.literal('seed'), seed: z.string().regex(/^(?:[0-9a-f]{2}){16,64}$/) }),
  z.strictObject({ kind: z.literal('privateKey'), privateKey: z.string().regex(/^[0-9a-f]{64}$/) }),
  z.strictObject({ kind: z.literal('watchOnly') }),
])
export type WalletSecret = z.infer<typeof walletSecretSchema>

const storedWalletSchema = walletSchema.omit({ kind: true, passphrase: true, accounts: true }).extend({
  secret: walletSecretSchema,
  accounts: z.array(storedAccountSchema).min(1),
})
export type StoredWallet = z.infer<typeof storedWalletSchema>

/** What the payload of a vault says; a backup file also says when it was made, and the settings of that time. */
export interface VaultContent {
  readonly wallets: readonly StoredWallet[]
  readonly rules: readonly StandingRule[]
  readonly backup?: { readonly createdAtMs: number; readonly settings: string } | undefined
}

const payloadVersion = 2
const payloadSchema = z.strictObject({
  version: z.literal(payloadVersion),
  wallets: z.array(storedWalletSchema),
  rules: z.array(storedRuleSchema),
  backup: z.strictObject({ createdAtMs: timestampMsSchema, settings: z.string() }).optional(),
})

/** The plain payload grows in steps of this, so that the file's size tells little about how many accounts it holds. */
const paddingStep = 4096

/** Encrypts the content under a fresh IV. */
export function sealPayload(
  vaultId: Uint8Array,
  dataKey: Uint8Array,
  { wallets, rules, backup }: VaultContent,
): VaultFile['payload'] {
  const content = {
    version: payloadVersion,
    wallets,
    rules: rules.map(encodeRule),
    ...(backup && { backup }),
  }
  const json = encodeUtf8(JSON.stringify(content))
  const padded = new Uint8Array(Math.ceil((json.length + 4) / paddingStep) * paddingStep)
  new DataView(padded.buffer).setUint32(0, json.length)
  padded.set(json, 4)
  try {
    const iv = randomBytes(ivLength)
    return { iv, sealed: sealAesGcm(dataKey, iv, encodeIdentity(vaultId), padded) }
  } finally {
    wipe(json, padded)
  }
}

/** @throws AppError `vault.damaged`, `vault.unsupportedVersion` */
export function openPayload(file: VaultFile, dataKey: Uint8Array): VaultContent {
  const padded = openAesGcm(dataKey, file.payload.iv, encodeIdentity(file.vaultId), file.payload.sealed)
  if (!padded) throw new AppError('vault.damaged', { reason: 'payload' })
  try {
    return parsePayload(padded)
  } finally {
    wipe(padded)
  }
}

function parsePayload(padded: Uint8Array): VaultContent {
  const length = padded.length < 4 ? Number.POSITIVE_INFINITY : new DataView(padded.buffer).getUint32(0)
  if (length > padded.length - 4) throw new AppError('vault.damaged', { reason: 'payload' })
  let content: unknown
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(padded.subarray(4, 4 + length)))
  } catch {
    // Without the cause: a JSON error quotes what it could not read.
    throw new AppError('vault.damaged', { reason: 'payload' })
  }
  const version = z.object({ version: z.int() }).safeParse(content)
  if (version.success && version.data.version > payloadVersion) {
    throw new AppError('vault.unsupportedVersion', { version: version.data.version, field: 'payload' })
  }
  const payload = payloadSchema.safeParse(migratePayload(content))
  if (!payload.success) throw new AppError('vault.damaged', { reason: 'payload' })
  const { wallets, rules, backup } = payload.data
  return { wallets, rules: rules.map(decodeRule), backup }
}
