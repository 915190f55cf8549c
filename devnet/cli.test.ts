import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalChainManifest } from './manifest.ts'

const cli = join(import.meta.dirname, 'cli.ts')

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-devnet-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

function run(...parameters: string[]) {
  const child = spawn(process.execPath, [cli, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const listener of listeners) listener()
    })
  }
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  const waitFor = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (output.includes(text)) resolve()
      }
      listeners.add(check)
      child.once('close', () => reject(new Error(`it ended early: ${output}`)))
      check()
    })
  return { exit, waitFor, readOutput: () => output, kill: (signal: NodeJS.Signals) => child.kill(signal) }
}

async function readBlockNumber(url: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] }),
  })
  return ((await response.json()) as { result: unknown }).result
}

test('starts everything, writes the manifest, and leaves nothing behind after Ctrl-C', async () => {
  const file = join(folder, 'manifest.json')
  const devnet = run('--port', '0', '--block-time', '0.2', '--actors', 'traders,feeds', '--json', file)
  await devnet.waitFor('Press Ctrl-C')
  const manifest = JSON.parse(await readFile(file, 'utf8')) as LocalChainManifest
  const [rpcUrl = ''] = manifest.rpcUrls
  const nodeUrl = /Node\s+(http:\S+)/.exec(devnet.readOutput())?.[1] ?? ''
  expect(devnet.readOutput()).toContain('traders, feeds')
  expect(devnet.readOutput()).toContain(rpcUrl)
  expect(manifest.faucetMethod).toBe('minato_fund')
  expect(await readBlockNumber(rpcUrl)).toMatch(/^0x/)
  expect(await readBlockNumber(nodeUrl)).toMatch(/^0x/)
  devnet.kill('SIGINT')
  expect(await devnet.exit).toBe(0)
  await expect(readBlockNumber(rpcUrl)).rejects.toThrow()
  await expect(readBlockNumber(nodeUrl)).rejects.toThrow()
})

test('says what is wrong with an option', async () => {
  const devnet = run('--actors', 'nobody')
  expect(await devnet.exit).toBe(2)
  expect(devnet.readOutput()).toContain('no actor "nobody"')
})
