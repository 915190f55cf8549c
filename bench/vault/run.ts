import { createHash, pbkdf2Sync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { hashRaw } from '@node-rs/argon2'
import { hexToBytes, keccak256, serializeTransaction } from 'viem/utils'
import { startSecretService } from '../../scripts/withSecretService.ts'
import { createSignerClient } from '../../src/main/adapters/signer/createSignerClient.ts'
import { startSignerChildProcess } from '../../src/main/signer/testing/startSignerChildProcess.ts'
import { defaultKdf } from '../../src/main/signer/vault/kdfParameters.ts'
import type { Protection } from '../../src/shared/contract/vault.ts'
import { chainIdSchema } from '../../src/shared/identity/identity.ts'

/**
 * Measures the signer in a process of its own, as the app runs it, with a real Secret Service, and what one guess at a stolen vault
 * costs; writes `results.json` beside it.
 */

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

const loadBefore = loadavg()[0] ?? 0
const folder = await mkdtemp(join(tmpdir(), 'minato-bench-vault-'))
const secretService = await startSecretService()
try {
  await measureSigner('keychain')
  await measureSigner('password')
  await measureGuesses()
} finally {
  await secretService.dispose()
  await rm(folder, { recursive: true, force: true })
}
priceGuesses()
await writeFile(
  join(import.meta.dirname, 'results.json'),
  `${JSON.stringify(
    {
      machine: `${cpus().length} cores, ${cpus()[0]?.model ?? ''}, Node ${process.version}`,
      loadAverage: Number(loadBefore.toFixed(1)),
      figures: Object.fromEntries(rows),
    },
    undefined,
    2,
  )}\n`,
)
console.log(`\n${cpus().length} cores, ${cpus()[0]?.model ?? ''}, Node ${process.version}\n`)
for (const [what, value] of rows) console.log(`${what.padEnd(64)} ${value}`)

async function measureSigner(protection: Protection): Promise<void> {
  let pid: number | undefined
  const signer = createSignerClient({
    start() {
      const child = startSignerChildProcess(
        new URL('../../src/main/signer/index.ts', import.meta.url),
        secretService.environment,
      )
      pid = child.pid
      return child
    },
    // A machine that is busy with other things is measured as it is, not given up on.
    timeouts: { otherMs: 120_000, keyDerivationMs: 120_000 },
    config: () => ({
      vaultFolder: join(folder, protection),
      keychainService: 'minato-bench',
      chains: [{ chainId, name: 'Local chain', nativeToken }],
      tokens: [],
    }),
  })
  try {
    await signer.vault.createFromPhrase({
      phrase: utf8(phrase),
      password: utf8(password),
      protection,
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
      [`start of the signer and unlock (${protection}, median of 5)`, ms(median(unlocksMs))],
      [`memory of the signer at its highest (${protection})`, await peakMemory(pid)],
    )
    if (protection === 'password') return
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

/** One guess at a stolen file on this machine; MetaMask's published parameters are PBKDF2-SHA256 with 600,000 to 900,000 rounds. */
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
  }
  for (const rounds of [600_000, 900_000]) {
    rows.push([
      `one guess, PBKDF2-SHA256 with ${rounds} rounds (MetaMask)`,
      ms(await time(async () => pbkdf2Sync(password, salt, rounds, 32, 'sha256'))),
    ])
  }
}

/**
 * What guessing costs on one RTX 4090, which is bound by its memory (1,008 GB/s) for Argon2id, of which a guess moves
 * memory × (3 × passes − 1), and by its arithmetic for PBKDF2-SHA256: 15,000 guesses a second at 600,000 rounds. Both after
 * https://tobtu.com/minimum-password-settings/.
 */
function priceGuesses(): void {
  const bytesPerSecond = 1_008e9
  const roundsPerSecond = 15_000 * 600_000
  /** What such a card is rented for. */
  const dollarsPerSecond = 0.4 / 3_600
  const argon2 = (protection: Protection) => {
    const { memoryKib, passes } = defaultKdf[protection]
    return bytesPerSecond / (memoryKib * 1_024 * (3 * passes - 1))
  }
  const price = (what: string, guessesPerSecond: number) => {
    const rate = Math.round(guessesPerSecond).toLocaleString('en')
    const dollars = ((1e9 * dollarsPerSecond) / guessesPerSecond).toFixed(2)
    const times = (roundsPerSecond / 600_000 / guessesPerSecond).toFixed(1)
    rows.push([
      `graphics card: ${what}`,
      `${rate} a second, $${dollars} a billion, ${times} times MetaMask's`,
    ])
  }
  price('MetaMask, 600,000 rounds', roundsPerSecond / 600_000)
  price('MetaMask, 900,000 rounds', roundsPerSecond / 900_000)
  price('vault with the keychain secret known', argon2('keychain'))
  price('vault under the password alone', argon2('password'))
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
