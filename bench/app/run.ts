import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { startDevnet } from '../../devnet/builder/startDevnet.ts'
import { startChain } from '../../devnet/index.ts'
import { expect } from '../../e2e/expect.ts'
import { launchMinato } from '../../e2e/hosts/launchMinato.ts'
import { listProcesses } from '../../e2e/listProcesses.ts'
import { OnboardingPage } from '../../e2e/pages/OnboardingPage.ts'
import { ShellPage } from '../../e2e/pages/ShellPage.ts'
import { UnlockPage } from '../../e2e/pages/UnlockPage.ts'
import { findElectron } from '../../electron-stand-in/findElectron.ts'
import { buildApp } from '../../scripts/buildApp.ts'
import { startSecretService } from '../../scripts/withSecretService.ts'
import { createBalanceReader } from '../../src/main/adapters/chain/createBalanceReader.ts'
import { createNodeNetwork } from '../../src/main/adapters/chain/createNodeNetwork.ts'
import { parseChainManifest } from '../../src/main/adapters/chain/readChainManifest.ts'
import { monotonicMs, nowMs } from '../../src/main/adapters/system/clock.ts'
import { schedule } from '../../src/main/adapters/system/schedule.ts'

/** Measures the built app as its user meets it, on this machine's host, and prints a table; `--write` keeps it in results.json. */

const password = 'a harbour at night'
const rows: [what: string, value: string][] = []

const { values } = parseArgs({ options: { write: { type: 'boolean' } } })
const loadBefore = loadavg()[0] ?? Number.NaN
buildApp(join(import.meta.dirname, '../..'))
await measureLocalChain()
await measureBalances()
await measureApp()
const host = (await findElectron()).kind
// Other work on the machine makes every time longer; without its measure a time says nothing.
const load = [loadBefore, loadavg()[0] ?? Number.NaN].map((value) => value.toFixed(1)).join(' to ')
console.log(`\n${cpus().length} cores, Node ${process.version}, ${host}, load ${load}\n`)
for (const [what, value] of rows) console.log(`${what.padEnd(64)} ${value}`)
if (values.write) {
  const results = { cores: cpus().length, node: process.version, host, load, ...Object.fromEntries(rows) }
  await writeFile(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
}

async function measureLocalChain(): Promise<void> {
  const cacheDirectory = await mkdtemp(join(tmpdir(), 'minato-bench-chain-'))
  try {
    const timesMs: number[] = []
    for (let round = 0; round < 6; round += 1) {
      const startedAtMs = performance.now()
      const chain = await startChain({ mining: 'auto', cacheDirectory })
      timesMs.push(performance.now() - startedAtMs)
      await chain.stop()
    }
    const [coldMs = 0, ...warmMs] = timesMs
    rows.push(
      ['local chain, cold start', ms(coldMs)],
      ['local chain, warm start (median of 5)', ms(median(warmMs))],
    )
  } finally {
    await rm(cacheDirectory, { recursive: true, force: true })
  }
}

async function measureBalances(): Promise<void> {
  const chain = await startChain({ mining: 'auto' })
  const { definition } = parseChainManifest(chain.manifest)
  const network = createNodeNetwork({
    definitions: [definition],
    nowMs,
    monotonicMs,
    schedule,
    onBug(thrown) {
      throw thrown
    },
  })
  try {
    const hostile = Object.entries(chain.manifest.contracts).flatMap(([name, address]) =>
      name.startsWith('hostile') && !/pool|pair/i.test(name) ? [address] : [],
    )
    const tokens = [...definition.tokens.map(({ ref }) => ref.address), ...hostile].slice(0, 25)
    const holders = chain.manifest.accounts.slice(0, 5).map(({ address }) => address)
    const reader = createBalanceReader(network)
    const timesMs: number[] = []
    for (let round = 0; round < 21; round += 1) {
      const startedAtMs = performance.now()
      await reader.readBalances({ chainId: definition.chainId, holders, tokens })
      timesMs.push(performance.now() - startedAtMs)
    }
    rows.push([
      `balances of ${tokens.length} tokens over ${holders.length} accounts (median of 21)`,
      ms(median(timesMs)),
    ])
  } finally {
    network.close()
    await chain.stop()
  }
}

async function measureApp(): Promise<void> {
  const ends: (() => Promise<unknown>)[] = []
  try {
    const secretService = await startSecretService()
    ends.push(secretService.dispose)
    const devnet = await startDevnet({ blockTimeMs: 2_000 })
    ends.push(devnet.stop)
    const profile = await mkdtemp(join(tmpdir(), 'minato-bench-'))
    ends.push(() => rm(profile, { recursive: true, force: true }))
    const launch = () =>
      launchMinato({ profile, manifest: devnet.manifest, env: secretService.clientEnvironment })

    const first = await launch()
    await new OnboardingPage(first.window).beginPractice(password)
    const shell = new ShellPage(first.window)
    await addAccounts(first.window, 4)
    await expect(shell.holding('USDC').first()).toBeVisible()
    await first.close()

    const paintsMs: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const startedAtMs = Date.now()
      const run = await launch()
      await new UnlockPage(run.window).expectShown()
      const paintedAtMs = await run.window.evaluate(() => {
        const paint = performance.getEntriesByName('first-contentful-paint')[0]
        return performance.timeOrigin + (paint?.startTime ?? Number.NaN)
      })
      paintsMs.push(paintedAtMs - startedAtMs)
      await run.close()
    }
    rows.push(['start to first contentful paint (median of 5)', ms(median(paintsMs))])

    const minato = await launch()
    ends.push(minato.close)
    const { window } = minato
    const unlock = new UnlockPage(window)
    await unlock.expectShown()
    rows.push(['unlock, default key derivation (median of 5)', ms(await measureUnlock(window))])
    await unlock.unlock(password)
    await expect(new ShellPage(window).holding('USDC').first()).toBeVisible()

    rows.push([
      'IPC round trip, small (median of 500)',
      ms(await measureRoundTrip(window, 'app', 'getInfo', undefined, 500)),
    ])
    const large = 'x'.repeat(100_000)
    rows.push([
      'IPC round trip, 100 kB refused by the contract (median of 200)',
      ms(await measureRoundTrip(window, 'settings', 'update', { theme: large }, 200)),
    ])
    rows.push([
      'portfolio over the bridge, 5 accounts (median of 50)',
      ms(await measureRoundTrip(window, 'portfolio', 'get', undefined, 50)),
    ])
    for (const row of await readMemory(minato.app.process().pid)) rows.push(row)
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

async function addAccounts(window: Page, count: number): Promise<void> {
  await window.evaluate(async (wanted) => {
    const { minato } = globalThis as unknown as {
      minato: { vault: Record<string, (input?: unknown) => Promise<{ value: { id: string }[] }>> }
    }
    const wallets = await minato.vault.listWallets?.()
    for (let index = 0; index < wanted; index += 1)
      await minato.vault.addAccount?.({ walletId: wallets?.value[0]?.id })
  }, count)
}

function measureUnlock(window: Page): Promise<number> {
  return window.evaluate(async (text) => {
    const { minato } = globalThis as unknown as {
      minato: { vault: Record<string, (input?: unknown) => Promise<{ ok: boolean }>> }
    }
    const timesMs: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const startedAtMs = performance.now()
      const result = await minato.vault.unlock?.({ password: new TextEncoder().encode(text) })
      timesMs.push(performance.now() - startedAtMs)
      if (!result?.ok) throw new Error('The vault did not open')
      await minato.vault.lock?.()
    }
    return timesMs.sort((a, b) => a - b)[2] ?? Number.NaN
  }, password)
}

function measureRoundTrip(
  window: Page,
  capability: string,
  route: string,
  input: unknown,
  count: number,
): Promise<number> {
  return window.evaluate(
    async (call) => {
      const { minato } = globalThis as unknown as {
        minato: Record<string, Record<string, (input: unknown) => Promise<unknown>>>
      }
      const timesMs: number[] = []
      for (let round = 0; round < call.count; round += 1) {
        const startedAtMs = performance.now()
        await minato[call.capability]?.[call.route]?.(call.input)
        timesMs.push(performance.now() - startedAtMs)
      }
      return timesMs.sort((a, b) => a - b)[Math.floor(call.count / 2)] ?? Number.NaN
    },
    { capability, route, input, count },
  )
}

/** Proportional set size of every process of the app, from Linux's own account. */
async function readMemory(rootPid: number | undefined): Promise<[string, string][]> {
  if (process.platform !== 'linux' || rootPid === undefined) return []
  const sizes = new Map<string, number>()
  for (const { pid, command } of await listProcesses(rootPid)) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
    const kib = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
    const name = nameProcess(command, pid === rootPid)
    sizes.set(name, (sizes.get(name) ?? 0) + kib)
  }
  return [...sizes].map(([name, kib]) => [`memory (PSS): ${name}`, `${(kib / 1_024).toFixed(0)} MiB`])
}

function nameProcess(command: string, isRoot: boolean): string {
  if (isRoot) return 'main'
  if (/signer|utility|main\/chunks/i.test(command) && !/--type=/.test(command)) return 'signer'
  if (/--type=renderer/.test(command)) return 'renderers'
  return 'browser, GPU and helpers'
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`
}
