import { createHmac, hkdfSync } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import type { Protection } from '../../../shared/contract/vault.ts'
import { concatBytes, encodeUtf8, isEqualBytes, randomBytes } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import { ivLength, openAesGcm, sealAesGcm } from './aesGcm.ts'
import { assertKdfBounds, type KdfParameters } from './kdfParameters.ts'
import { encodeIdentity, encodeSlotHeader, type KeySlot } from './vaultFile.ts'

export const keychainSecretLength = 32
const idLength = 16
const argon2idAlgorithm = 2

/** The keychain's half of the key, by its id. */
export interface KeychainSecret {
  readonly id: Uint8Array
  readonly secret: Uint8Array
}

export interface WrapInput {
  readonly vaultId: Uint8Array
  readonly dataKey: Uint8Array
  /** Normalised; see `normalizePassword`. */
  readonly password: Uint8Array
  /** Absent: the password alone protects. */
  readonly keychainSecret: KeychainSecret | undefined
  readonly kdf: KdfParameters
}

/** Wraps the data key under a new salt: for a new vault, a new password or a new keychain secret. */
export async function wrapDataKey(input: WrapInput): Promise<KeySlot> {
  const { vaultId, dataKey, password, keychainSecret, kdf } = input
  assertKdfBounds(kdf)
  const protection: Protection = keychainSecret ? 'keychain' : 'password'
  const header = {
    protection,
    kdf,
    salt: randomBytes(16),
    secretId: keychainSecret?.id ?? new Uint8Array(idLength),
    secretCheck: keychainSecret
      ? computeSecretCheck(vaultId, keychainSecret)
      : new Uint8Array(keychainSecretLength),
  }
  const key = await deriveKeyEncryptionKey(vaultId, header, password, keychainSecret?.secret)
  try {
    const wrapIv = randomBytes(ivLength)
    const wrappedKey = sealAesGcm(key, wrapIv, encodeSlotHeader(vaultId, header), dataKey)
    return { ...header, wrapIv, wrappedKey }
  } finally {
    wipe(key)
  }
}

/** The data key, or `undefined` when the password is wrong. The keychain secret must have passed `isKeychainSecretOf`. */
export async function unwrapDataKey(
  vaultId: Uint8Array,
  slot: KeySlot,
  password: Uint8Array,
  keychainSecret: Uint8Array | undefined,
): Promise<Uint8Array | undefined> {
  assertKdfBounds(slot.kdf)
  const key = await deriveKeyEncryptionKey(vaultId, slot, password, keychainSecret)
  try {
    return openAesGcm(key, slot.wrapIv, encodeSlotHeader(vaultId, slot), slot.wrappedKey)
  } finally {
    wipe(key)
  }
}

/** Whether this is the keychain secret that the vault was made with; tells a wrong secret from a wrong password. */
export function isKeychainSecretOf(vaultId: Uint8Array, slot: KeySlot, secret: Uint8Array): boolean {
  return isEqualBytes(computeSecretCheck(vaultId, { id: slot.secretId, secret }), slot.secretCheck)
}

/** A fresh half of the key for the keychain. */
export function createKeychainSecret(): KeychainSecret {
  return { id: randomBytes(idLength), secret: randomBytes(keychainSecretLength) }
}

function computeSecretCheck(vaultId: Uint8Array, { id, secret }: KeychainSecret): Uint8Array {
  const label = encodeUtf8('minato/vault/keychain-check')
  return new Uint8Array(
    createHmac('sha256', secret)
      .update(concatBytes(label, vaultId, id))
      .digest(),
  )
}

async function deriveKeyEncryptionKey(
  vaultId: Uint8Array,
  slot: Pick<KeySlot, 'kdf' | 'salt' | 'secretId'>,
  password: Uint8Array,
  keychainSecret: Uint8Array | undefined,
): Promise<Uint8Array> {
  const stretched = await hashRaw(password, {
    algorithm: argon2idAlgorithm,
    memoryCost: slot.kdf.memoryKib,
    timeCost: slot.kdf.passes,
    parallelism: slot.kdf.lanes,
    outputLen: 32,
    salt: slot.salt,
  })
  const material = concatBytes(stretched, keychainSecret ?? new Uint8Array(0))
  // Bound to format, vault and secret, so that a slot copied into another vault's file opens nothing.
  const info = concatBytes(
    encodeUtf8('minato/vault/key-encryption-key'),
    encodeIdentity(vaultId),
    slot.secretId,
  )
  try {
    return new Uint8Array(hkdfSync('sha256', material, slot.salt, info, 32))
  } finally {
    wipe(stretched, material)
  }
}
