import { z } from 'zod'
import { accountSchema, walletSchema } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { encodeUtf8, randomBytes } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import { phraseLanguages } from '../phrase/phraseLanguages.ts'
import { ivLength, openAesGcm, sealAesGcm } from './aesGcm.ts'
import { encodeIdentity, type VaultFile } from './vaultFile.ts'

const storedAccountSchema = accountSchema.omit({ walletId: true })
export type StoredAccount = z.infer<typeof storedAccountSchema>

/** Entropy and language give the phrase exactly; as hexadecimal, 16 to 32 bytes. */
const phraseSecretSchema = z.strictObject({
  kind: z.literal('phrase'),
  language: z.enum(phraseLanguages),
  entropy: z.string().regex(/^(?:[0-9a-f]{8}){4,8}$/),
})
export type PhraseSecret = z.infer<typeof phraseSecretSchema>

const storedWalletSchema = walletSchema.omit({ accounts: true }).extend({
  secret: z.discriminatedUnion('kind', [phraseSecretSchema]),
  accounts: z.array(storedAccountSchema),
})
export type StoredWallet = z.infer<typeof storedWalletSchema>

const payloadVersion = 1
const payloadSchema = z.strictObject({
  version: z.literal(payloadVersion),
  wallets: z.array(storedWalletSchema),
})

/** The plain payload grows in steps of this, so that the file's size tells little about how many accounts it holds. */
const paddingStep = 4096

/** Encrypts the wallets under a fresh IV. */
export function sealPayload(
  vaultId: Uint8Array,
  dataKey: Uint8Array,
  wallets: readonly StoredWallet[],
): VaultFile['payload'] {
  const json = encodeUtf8(JSON.stringify({ version: payloadVersion, wallets }))
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
export function openPayload(file: VaultFile, dataKey: Uint8Array): StoredWallet[] {
  const padded = openAesGcm(dataKey, file.payload.iv, encodeIdentity(file.vaultId), file.payload.sealed)
  if (!padded) throw new AppError('vault.damaged', { reason: 'payload' })
  try {
    return parsePayload(padded)
  } finally {
    wipe(padded)
  }
}

function parsePayload(padded: Uint8Array): StoredWallet[] {
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
  const payload = payloadSchema.safeParse(content)
  if (!payload.success) throw new AppError('vault.damaged', { reason: 'payload' })
  return payload.data.wallets
}
