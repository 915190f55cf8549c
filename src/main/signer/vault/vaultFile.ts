import { createHash } from 'node:crypto'
import type { Protection } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { concatBytes, isEqualBytes } from '../memory/bytes.ts'
import { assertKdfBounds, type KdfParameters } from './kdfParameters.ts'

/** What opens the data key; replaced as a whole when the password or the keychain secret changes. */
export interface KeySlot {
  readonly protection: Protection
  readonly kdf: KdfParameters
  readonly salt: Uint8Array
  /** Zeros where the password alone protects. */
  readonly secretId: Uint8Array
  readonly secretCheck: Uint8Array
  readonly wrapIv: Uint8Array
  /** Ciphertext and tag of the data key. */
  readonly wrappedKey: Uint8Array
}

/** A vault file taken apart, still encrypted. Byte by byte in docs/vault-format.md. */
export interface VaultFile {
  readonly vaultId: Uint8Array
  readonly slot: KeySlot
  readonly payload: { readonly iv: Uint8Array; readonly sealed: Uint8Array }
}

const magic = Uint8Array.of(0x4d, 0x49, 0x4e, 0x41, 0x54, 0x4f, 0x1a, 0x0a)
const formatVersion = 1
const checksumLength = 32
const argon2id = 1
const protectionCodes = { keychain: 1, password: 2 } as const satisfies Record<Protection, number>
const tagLength = 16
const slotOffset = 26
const payloadOffset = 164
const smallestFile = payloadOffset + 12 + 4 + tagLength + checksumLength

/** The bytes that name format and vault: authenticated with the payload, and unchanged by a new password. */
export function encodeIdentity(vaultId: Uint8Array): Uint8Array {
  return concatBytes(magic, Uint8Array.of(0, formatVersion), vaultId)
}

/** The bytes that say how the data key is wrapped: authenticated with the wrapped key. */
export function encodeSlotHeader(
  vaultId: Uint8Array,
  slot: Omit<KeySlot, 'wrapIv' | 'wrappedKey'>,
): Uint8Array {
  return concatBytes(
    encodeIdentity(vaultId),
    Uint8Array.of(protectionCodes[slot.protection], argon2id),
    encodeUint32(slot.kdf.memoryKib),
    encodeUint32(slot.kdf.passes),
    encodeUint32(slot.kdf.lanes),
    slot.salt,
    slot.secretId,
    slot.secretCheck,
  )
}

export function encodeVaultFile(file: VaultFile): Uint8Array<ArrayBuffer> {
  const content = concatBytes(
    encodeSlotHeader(file.vaultId, file.slot),
    file.slot.wrapIv,
    file.slot.wrappedKey,
    file.payload.iv,
    encodeUint32(file.payload.sealed.length - tagLength),
    file.payload.sealed,
  )
  return concatBytes(content, checksumOf(content))
}

/**
 * Takes a vault file apart without opening it.
 *
 * The checksum comes first: it needs no key, so damage is told from a wrong password. It authenticates nothing; the
 * two AES-GCM tags do.
 *
 * @throws AppError `vault.damaged`, `vault.unsupportedVersion`, `vault.kdfOutOfBounds`
 */
export function parseVaultFile(bytes: Uint8Array): VaultFile {
  if (bytes.length < magic.length + 2 + checksumLength || !isEqualBytes(bytes.subarray(0, 8), magic)) {
    throw new AppError('vault.damaged', { reason: 'notAVault' })
  }
  const content = bytes.subarray(0, -checksumLength)
  if (!isEqualBytes(checksumOf(content), bytes.subarray(-checksumLength))) {
    throw new AppError('vault.damaged', { reason: 'checksum' })
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint16(8)
  if (version !== formatVersion) throw new AppError('vault.unsupportedVersion', { version })
  if (bytes.length < smallestFile) throw new AppError('vault.damaged', { reason: 'length' })

  const protection = protectionOf(bytes[slotOffset])
  if (protection === undefined)
    throw new AppError('vault.unsupportedVersion', { version, field: 'protection' })
  if (bytes[27] !== argon2id) throw new AppError('vault.unsupportedVersion', { version, field: 'kdf' })
  const kdf = { memoryKib: view.getUint32(28), passes: view.getUint32(32), lanes: view.getUint32(36) }
  assertKdfBounds(kdf)

  const sealedLength = view.getUint32(payloadOffset + 12) + tagLength
  if (bytes.length !== smallestFile - tagLength + sealedLength) {
    throw new AppError('vault.damaged', { reason: 'length' })
  }
  return {
    vaultId: bytes.slice(10, slotOffset),
    slot: {
      protection,
      kdf,
      salt: bytes.slice(40, 56),
      secretId: bytes.slice(56, 72),
      secretCheck: bytes.slice(72, 104),
      wrapIv: bytes.slice(104, 116),
      wrappedKey: bytes.slice(116, payloadOffset),
    },
    payload: {
      iv: bytes.slice(payloadOffset, payloadOffset + 12),
      sealed: bytes.slice(payloadOffset + 16, payloadOffset + 16 + sealedLength),
    },
  }
}

function protectionOf(code: number | undefined): Protection | undefined {
  if (code === protectionCodes.keychain) return 'keychain'
  return code === protectionCodes.password ? 'password' : undefined
}

function checksumOf(content: Uint8Array): Uint8Array {
  return createHash('sha256').update(content).digest()
}

function encodeUint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}
