/**
 * Opens a vault file outside the app and prints its wallets, with their secrets on request:
 *
 *   node scripts/open-vault.ts <vault.minato> [--show-secrets]
 *
 * Asks for the password and the recovery kit; where the input is a pipe, they are its first two lines. Written after
 * docs/vault-format.md alone: it imports nothing of the app, so that the format stands by itself.
 */
import { createDecipheriv, createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { hashRaw } from '@node-rs/argon2'
import { bech32m } from '@scure/base'
import { entropyToMnemonic } from '@scure/bip39'

export interface OpenedWallet {
  readonly name: string
  readonly secret:
    | {
        readonly kind: 'phrase'
        readonly language: string
        readonly entropy: string
        readonly passphrase?: string
      }
    | { readonly kind: 'seed'; readonly seed: string }
    | { readonly kind: 'privateKey'; readonly privateKey: string }
    | { readonly kind: 'watchOnly' }
  readonly accounts: readonly { readonly name: string; readonly path?: string; readonly address: string }[]
}

const wordlistFiles: Readonly<Record<string, string>> = {
  simplifiedChinese: 'simplified-chinese',
  traditionalChinese: 'traditional-chinese',
}

/**
 * The wallets in a vault file.
 *
 * @throws Error in plain words.
 */
export async function openVault(
  file: Buffer,
  password: string,
  recoveryKit?: string,
): Promise<OpenedWallet[]> {
  const content = file.subarray(0, -32)
  if (file.length < 228 || file.toString('latin1', 0, 8) !== 'MINATO\x1a\n')
    throw new Error('This is not a vault.')
  if (!timingSafeEqual(createHash('sha256').update(content).digest(), file.subarray(-32))) {
    throw new Error('The vault file is damaged: its checksum does not fit.')
  }
  if (file.readUInt16BE(8) !== 1) throw new Error(`Format version ${file.readUInt16BE(8)} is not known here.`)
  const vaultId = file.subarray(10, 26)
  const protection = file[26]
  const [memoryCost, timeCost, parallelism] = [28, 32, 36].map((offset) => file.readUInt32BE(offset))
  if (file[27] !== 1 || !memoryCost || !timeCost || !parallelism) throw new Error('Unknown key derivation.')
  if (memoryCost > 1_048_576 || timeCost > 16 || parallelism > 16)
    throw new Error('The key derivation is too costly.')
  const salt = file.subarray(40, 56)
  const secretId = file.subarray(56, 72)

  let secret: Buffer = Buffer.alloc(0)
  if (protection === 1) {
    if (!recoveryKit) throw new Error('This vault needs its recovery kit beside the password.')
    secret = decodeRecoveryKit(recoveryKit)
    const check = createHmac('sha256', secret)
      .update(Buffer.concat([Buffer.from('minato/vault/keychain-check'), vaultId, secretId]))
      .digest()
    if (!timingSafeEqual(check, file.subarray(72, 104)))
      throw new Error('This is the recovery kit of another vault.')
  } else if (protection !== 2) throw new Error('Unknown kind of protection.')

  const options = { algorithm: 2, memoryCost, timeCost, parallelism, outputLen: 32, salt }
  const stretched = await hashRaw(Buffer.from(password.normalize('NFKC'), 'utf8'), options)
  const info = Buffer.concat([Buffer.from('minato/vault/key-encryption-key'), file.subarray(0, 26), secretId])
  const keyEncryptionKey = hkdfSync('sha256', Buffer.concat([stretched, secret]), salt, info, 32)

  const dataKey = decrypt(
    new Uint8Array(keyEncryptionKey),
    file.subarray(104, 116),
    file.subarray(0, 104),
    file.subarray(116, 164),
    'The password is wrong.',
  )
  const payloadLength = file.readUInt32BE(176)
  const payload = decrypt(
    dataKey,
    file.subarray(164, 176),
    file.subarray(0, 26),
    file.subarray(180, 180 + payloadLength + 16),
    'The payload is damaged.',
  )
  const json: { version: number; wallets: OpenedWallet[] } = JSON.parse(
    payload.toString('utf8', 4, 4 + payload.readUInt32BE(0)),
  )
  if (json.version !== 1 && json.version !== 2)
    throw new Error(`Payload version ${json.version} is not known here.`)
  return json.wallets
}

/** What brings a wallet that `openVault` gave back elsewhere: its phrase, or its seed or key as hexadecimal. */
export async function readSecret({ secret }: OpenedWallet): Promise<string> {
  if (secret.kind === 'watchOnly') return 'only watched'
  if (secret.kind === 'seed') return `seed ${secret.seed}`
  if (secret.kind === 'privateKey') return `0x${secret.privateKey}`
  const name = wordlistFiles[secret.language] ?? secret.language
  const { wordlist } = await import(`@scure/bip39/wordlists/${name}.js`)
  const phrase = entropyToMnemonic(Uint8Array.from(Buffer.from(secret.entropy, 'hex')), wordlist)
  return secret.passphrase === undefined ? phrase : `${phrase} (passphrase: ${secret.passphrase})`
}

function decodeRecoveryKit(text: string): Buffer {
  const code = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
  const data = code.slice('minato1'.length).replaceAll('o', '0').replaceAll(/[i1]/g, 'l')
  const decoded = bech32m.decodeUnsafe(`${code.slice(0, 'minato1'.length)}${data}`)
  const content = decoded?.prefix === 'minato' ? Buffer.from(bech32m.fromWords(decoded.words)) : undefined
  if (content?.length !== 33 || content[0] !== 1) throw new Error('The recovery kit is mistyped.')
  return content.subarray(1)
}

function decrypt(key: Uint8Array, iv: Buffer, associated: Buffer, sealed: Buffer, onFailure: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
  decipher.setAAD(associated)
  decipher.setAuthTag(sealed.subarray(-16))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  } catch {
    throw new Error(onFailure)
  }
}

/** Lines without showing them on a terminal. */
async function ask(questions: readonly string[]): Promise<string[]> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY })
  const iterator = lines[Symbol.asyncIterator]()
  const answers: string[] = []
  for (const question of questions) {
    process.stderr.write(`${question}\n`)
    const line = await iterator.next()
    answers.push(line.done ? '' : line.value)
  }
  lines.close()
  return answers
}

async function main(): Promise<void> {
  const [path, ...flags] = process.argv.slice(2)
  if (!path) throw new Error('Which file? node scripts/open-vault.ts <vault.minato> [--show-secrets]')
  const file = readFileSync(path)
  const [password = '', recoveryKit] = await ask(['Password:', ...(file[26] === 1 ? ['Recovery kit:'] : [])])
  for (const wallet of await openVault(file, password, recoveryKit)) {
    console.log(wallet.name)
    for (const { name, path: keyPath, address } of wallet.accounts)
      console.log(`  ${address}  ${keyPath ?? '-'}  ${name}`)
    if (flags.includes('--show-secrets')) console.log(`  ${await readSecret(wallet)}`)
  }
}

if (import.meta.main) {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'Unknown failure')
    process.exitCode = 1
  }
}
