import { createHash, pbkdf2Sync } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { hashRaw } from '@node-rs/argon2'
import { hexToBytes, keccak256, serializeTransaction } from 'viem/utils'
import { createSignerClient } from '../../src/main/adapters/signer/createSignerClient.ts'
import { startSignerChildProcess } from '../../src/main/signer/testing/startSignerChildProcess.ts'
import { defaultKdf } from '../../src/main/signer/vault/kdfParameters.ts'
import { chainIdSchema } from '../../src/shared/identity/identity.ts'

/** Measures the signer in a process of its own, as the app runs it, and what one guess at a stolen vault costs. */

const password = 'a harbour at night'
const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const utf8 = (text: string) => new TextEncoder().encode(text)
const rows: [what: string, value: string][] = []
const chainId = chainIdSchema.parse(31_337)
const nativeToken = {
  ref: { chainId, address: 'native' as const },
  symbol: 'ETH',
  name: 'Ether',
  decimals: 18,
  assetClass: 'coin' as const,
  source: 'native' as const,
}

const folder = await mkdtemp(join(tmpdir(), 'minato-bench-vault-'))
try {
  await measureSigner()
  await measureGuesses()
} finally {
  await rm(folder, { recursive: true, force: true })
}
console.log(`\n${cpus().length} cores, ${cpus()[0]?.model ?? ''}, Node ${process.version}\n`)
for (const [what, value] of rows) console.log(`${what.padEnd(64)} ${value}`)

async function measureSigner(): Promise<void> {
  let pid: number | undefined
  const signer = createSignerClient({
    start() {
      const child = startSignerChildProcess(new URL('../../src/main/signer/index.ts', import.meta.url))
      pid = child.pid
      return child
    },
    config: () => ({
      vaultFolder: folder,
      keychainService: 'minato-bench',
      chains: [{ chainId, name: 'Local chain', nativeToken }],
      tokens: [],
    }),
  })
  try {
    await signer.vault.createFromPhrase({
      phrase: utf8(phrase),
      password: utf8(password),
      protection: 'password',
      origin: 'imported',
    })
    const unlocksMs: number[] = []
    for (let round = 0; round < 5; round++) {
      signer.stop()
      const startedMs = performance.now()
      await signer.vault.unlock({ password: utf8(password) })
      unlocksMs.push(performance.now() - startedMs)
    }
    rows.push(
      ['start of the signer and unlock, password alone (median of 5)', ms(median(unlocksMs))],
      ['memory of the signer at its highest (with Argon2id at 512 MiB)', await peakMemory(pid)],
    )
    const [wallet] = await signer.vault.listWallets()
    const accountId = wallet?.accounts[0]?.id
    if (!wallet || !accountId) throw new Error('The vault has no account')
    const derivedMs = await time(() =>
      signer.vault.deriveAddresses({ walletId: wallet.id, start: 0, count: 1_000 }),
    )
    rows.push(['1,000 addresses', ms(derivedMs)])
    const signedMs = await time(async () => {
      for (let nonce = 0; nonce < 1_000; nonce++) await sign(nonce)
    })
    rows.push(['1,000 signatures, each asked for, decoded and approved', ms(signedMs)])

    async function sign(nonce: number): Promise<void> {
      if (!accountId) return
      const transaction = Uint8Array.from(
        hexToBytes(
          serializeTransaction({
            type: 'eip1559',
            chainId,
            nonce,
            gas: 21_000n,
            maxFeePerGas: 10n ** 9n,
            maxPriorityFeePerGas: 1n,
            to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
            value: 1n,
          }),
        ),
      )
      const { requestId, digest } = await signer.signing.request({ accountId, transaction })
      const { signedTransaction, transactionHash } = await signer.signing.approve({ requestId, digest })
      if (keccak256(signedTransaction) !== transactionHash)
        throw new Error('Another hash than the bytes have')
    }
  } finally {
    signer.stop()
  }
}

/** One guess at a stolen file; MetaMask's published parameters are PBKDF2-SHA256 with 600,000 to 900,000 rounds. */
async function measureGuesses(): Promise<void> {
  const salt = createHash('sha256').update('salt').digest().subarray(0, 16)
  const guess = async (protection: keyof typeof defaultKdf) => {
    const { memoryKib, passes, lanes } = defaultKdf[protection]
    await hashRaw(password, {
      algorithm: 2,
      memoryCost: memoryKib,
      timeCost: passes,
      parallelism: lanes,
      outputLen: 32,
      salt,
    })
  }
  for (const protection of ['keychain', 'password'] as const) {
    const { memoryKib, passes, lanes } = defaultKdf[protection]
    rows.push([
      `one guess, Argon2id ${memoryKib / 1024} MiB, ${passes} passes, ${lanes} lanes (${protection})`,
      ms(await time(() => guess(protection))),
    ])
    // Every pass writes and reads the whole memory: what a graphics card pays for, whatever its number of cores.
    rows.push([
      '  memory moved by it, at least',
      `${((memoryKib * passes * 2) / 1024 / 1024).toFixed(1)} GiB`,
    ])
  }
  for (const rounds of [600_000, 900_000]) {
    rows.push([
      `one guess, PBKDF2-SHA256 with ${rounds} rounds (MetaMask)`,
      ms(await time(async () => pbkdf2Sync(password, salt, rounds, 32, 'sha256'))),
    ])
  }
}

async function peakMemory(pid: number | undefined): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kib = /VmHWM:\s+(\d+) kB/.exec(status)?.[1]
  return kib === undefined ? 'not known on this system' : `${Math.round(Number(kib) / 1024)} MiB`
}

async function time(task: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await task()
  return performance.now() - startedMs
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

function ms(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`
}
