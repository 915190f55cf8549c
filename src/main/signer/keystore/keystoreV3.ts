import { createCipheriv, createDecipheriv, pbkdf2, randomUUID, scrypt } from 'node:crypto'
import { keccak256 } from 'viem/utils'
import { z } from 'zod'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address } from '../../../shared/identity/identity.ts'
import {
  concatBytes,
  decodeHex,
  decodeUtf8,
  encodeHex,
  encodeUtf8,
  isEqualBytes,
  randomBytes,
} from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'

const hex = z
  .string()
  .regex(/^(?:0x)?(?:[0-9a-fA-F]{2})*$/)
  .transform((text) => decodeHex(text.replace(/^0x/, '').toLowerCase()))
const count = z.int().positive()

/** Programs differ in the case of the names; they are compared in lower case. */
const keystoreSchema = z.object({
  version: z.union([z.literal(3), z.literal('3')]),
  crypto: z.object({
    cipher: z.literal('aes-128-ctr'),
    ciphertext: hex,
    cipherparams: z.object({ iv: hex }),
    kdf: z.enum(['scrypt', 'pbkdf2']),
    kdfparams: z.object({
      dklen: z.literal(32),
      salt: hex,
      n: count.optional(),
      r: count.optional(),
      p: count.optional(),
      c: count.optional(),
      prf: z.string().optional(),
    }),
    mac: hex,
  }),
})

/** A file must not make this machine work for minutes or take all of its memory: geth's own are 2^18, 8, 1. */
const limits = { scryptBytes: 512 * 1024 * 1024, scryptWork: 2 ** 26, pbkdf2Rounds: 10_000_000 } as const
const maximumFileBytes = 64 * 1024

type Stretch = (password: Uint8Array) => Promise<Uint8Array>

/**
 * The private key in a Web3 Secret Storage file, version 3.
 *
 * @throws AppError `keystore.invalid`, `keystore.wrongPassword`, `keystore.tooCostly`
 */
export async function openKeystore(file: Uint8Array, password: Uint8Array): Promise<Uint8Array> {
  const { crypto } = parseKeystore(file)
  const stretch = createStretch(crypto)
  for (const candidate of passwordForms(password)) {
    const key = await stretch(candidate)
    try {
      const mac = keccak256(concatBytes(key.subarray(16), crypto.ciphertext), 'bytes')
      if (!isEqualBytes(mac, crypto.mac)) continue
      const decipher = createDecipheriv('aes-128-ctr', key.subarray(0, 16), crypto.cipherparams.iv)
      return concatBytes(decipher.update(crypto.ciphertext), decipher.final())
    } finally {
      wipe(key, candidate)
    }
  }
  throw new AppError('keystore.wrongPassword')
}

/** Writes a private key into a Web3 Secret Storage file, version 3, at geth's cost: scrypt with n 2^18, r 8, p 1. */
export async function createKeystore(
  privateKey: Uint8Array,
  address: Address,
  password: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const salt = randomBytes(32)
  const iv = randomBytes(16)
  const parameters = { n: 2 ** 18, r: 8, p: 1 }
  const key = await runScrypt(password, salt, parameters)
  try {
    const cipher = createCipheriv('aes-128-ctr', key.subarray(0, 16), iv)
    const ciphertext = concatBytes(cipher.update(privateKey), cipher.final())
    return encodeUtf8(
      JSON.stringify({
        version: 3,
        id: randomUUID(),
        address: address.slice(2).toLowerCase(),
        crypto: {
          cipher: 'aes-128-ctr',
          ciphertext: encodeHex(ciphertext),
          cipherparams: { iv: encodeHex(iv) },
          kdf: 'scrypt',
          kdfparams: { dklen: 32, salt: encodeHex(salt), ...parameters },
          mac: keccak256(concatBytes(key.subarray(16), ciphertext)).slice(2),
        },
      }),
    )
  } finally {
    wipe(key)
  }
}

function parseKeystore(file: Uint8Array): z.infer<typeof keystoreSchema> {
  if (file.length > maximumFileBytes) throw new AppError('keystore.invalid', { reason: 'tooLarge' })
  let content: unknown
  try {
    content = JSON.parse(decodeUtf8(file))
  } catch {
    throw new AppError('keystore.invalid', { reason: 'json' })
  }
  const parsed = keystoreSchema.safeParse(lowerNames(content))
  if (!parsed.success) {
    throw new AppError('keystore.invalid', { reason: parsed.error.issues[0]?.path.join('.') ?? 'json' })
  }
  const { ciphertext, cipherparams, mac } = parsed.data.crypto
  if (ciphertext.length !== 32 || cipherparams.iv.length !== 16 || mac.length !== 32) {
    throw new AppError('keystore.invalid', { reason: 'length' })
  }
  return parsed.data
}

function createStretch({ kdf, kdfparams }: z.infer<typeof keystoreSchema>['crypto']): Stretch {
  const { salt, n, r, p, c, prf } = kdfparams
  if (kdf === 'pbkdf2') {
    if (c === undefined || (prf !== undefined && prf !== 'hmac-sha256')) {
      throw new AppError('keystore.invalid', { reason: 'kdfparams' })
    }
    if (c > limits.pbkdf2Rounds) throw new AppError('keystore.tooCostly', { parameter: 'c', value: c })
    return (password) => runPbkdf2(password, salt, c)
  }
  if (n === undefined || r === undefined || p === undefined || n < 2 || (n & (n - 1)) !== 0) {
    throw new AppError('keystore.invalid', { reason: 'kdfparams' })
  }
  if (128 * n * r > limits.scryptBytes || n * r * p > limits.scryptWork) {
    throw new AppError('keystore.tooCostly', { parameter: 'n', value: n })
  }
  return (password) => runScrypt(password, salt, { n, r, p })
}

/** As it was typed, and in normal form: programs differ, and no standard says. */
function passwordForms(password: Uint8Array): Uint8Array[] {
  const typed = Uint8Array.from(password)
  const normal = encodeUtf8(decodeUtf8(password).normalize('NFKC'))
  return isEqualBytes(typed, normal) ? [typed] : [typed, normal]
}

function runScrypt(
  password: Uint8Array,
  salt: Uint8Array,
  { n, r, p }: { n: number; r: number; p: number },
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const maxmem = 128 * n * r + 128 * r * p + 32 * 1024 * 1024
    scrypt(password, salt, 32, { N: n, r, p, maxmem }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

function runPbkdf2(password: Uint8Array, salt: Uint8Array, rounds: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    pbkdf2(password, salt, rounds, 32, 'sha256', (error, key) => (error ? reject(error) : resolve(key)))
  })
}

function lowerNames(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.toLowerCase(), lowerNames(member)]),
  )
}
