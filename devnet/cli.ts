import { rename, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { DEVNET_MNEMONIC } from './accounts.ts'
import { ACTOR_NAMES, type ActorName } from './actors/Actor.ts'
import { type Devnet, startDevnet } from './builder/startDevnet.ts'
import type { PoolEntry } from './manifest.ts'

const usage = `Runs Minato's local chain: real protocols on anvil, behind a block builder with private order flow.

Usage: npm run devnet -- [options]

  --port <number>        port of the endpoint on 127.0.0.1 (default 8545, 0 for any free one)
  --block-time <seconds> time between blocks (default 2; 0 makes blocks on minato_mine only)
  --actors <names>       market actors to switch on, by comma: ${ACTOR_NAMES.join(',')}
                         (all for every one of them; default none)
  --seed <number>        what the actors' choices derive from (default 1)
  --json <file>          write what a client needs to know to this file once the chain is ready
  --help                 show this text

The endpoint speaks JSON-RPC over HTTP and WebSocket. Beside Ethereum's methods:
  eth_sendPrivateTransaction, eth_cancelPrivateTransaction, eth_sendBundle, GET /tx/<hash>
  minato_fund [address]                 a practice purse
  minato_mine                           a block now
  minato_actors, minato_startActor [name], minato_stopActor [name]
`

class UsageError extends Error {}

interface Options {
  readonly port: number
  readonly blockTimeMs: number
  readonly actors: readonly ActorName[]
  readonly seed: number
  readonly json: string | undefined
}

function readOptions(): Options | 'help' {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8545' },
      'block-time': { type: 'string', default: '2' },
      actors: { type: 'string', default: '' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  return {
    port: readNumber('--port', values.port, 65_535),
    blockTimeMs: Math.round(readNumber('--block-time', values['block-time'], 3600, true) * 1000),
    actors: readActors(values.actors),
    seed: readNumber('--seed', values.seed, 2 ** 32 - 1),
    json: values.json,
  }
}

function readNumber(option: string, text: string, most: number, fraction = false): number {
  const pattern = fraction ? /^\d{1,10}(\.\d{1,3})?$/ : /^\d{1,10}$/
  const value = Number(text)
  if (!pattern.test(text) || value > most) throw new UsageError(`${option} is a number from 0 to ${most}`)
  return value
}

function readActors(text: string): ActorName[] {
  if (text === 'all') return [...ACTOR_NAMES]
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const known = ACTOR_NAMES.find((actor) => actor === name)
      if (known === undefined) throw new UsageError(`no actor "${name}": there are ${ACTOR_NAMES.join(', ')}`)
      return known
    })
}

// Written whole or not at all: whoever waits for the file must never read half of it.
async function writeManifest(file: string, devnet: Devnet): Promise<void> {
  const partial = `${file}.${process.pid}.partial`
  await writeFile(partial, `${JSON.stringify({ ...devnet.manifest, wsUrl: devnet.wsUrl }, undefined, 2)}\n`)
  await rename(partial, file)
}

function describePool(devnet: Devnet, pool: PoolEntry): string[] {
  const symbols = pool.tokens.map(
    (address) => devnet.manifest.tokenList.tokens.find((token) => token.address === address)?.symbol,
  )
  // Native ether in a V4 pool is the zero address; the hostile tokens are in no list.
  const named = symbols.map(
    (symbol, index) => symbol ?? (/^0x0+$/.test(pool.tokens[index] ?? '') ? 'ETH' : '?'),
  )
  const fee = pool.fee === undefined ? '' : `${pool.fee / 10_000} %`
  return [pool.kind, named.join(' / '), fee, pool.address ?? pool.poolId ?? '', pool.note ?? '']
}

function formatTable(title: string, rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map(
    (row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`,
  )
  return `${title}\n${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

function describeDevnet(devnet: Devnet, options: Options): string {
  const { manifest } = devnet
  const blocks = options.blockTimeMs === 0 ? 'on minato_mine' : `every ${options.blockTimeMs / 1000} s`
  return [
    formatTable('Endpoint', [
      ['HTTP', devnet.rpcUrl],
      ['WebSocket', devnet.wsUrl],
      ['Node', `${devnet.chain.rpcUrl} (administration, bypasses the builder)`],
      ['Chain id', String(manifest.chainId)],
      ['Blocks', blocks],
      ['Actors', devnet.actors.running().join(', ') || 'none'],
    ]),
    formatTable(`Accounts of "${DEVNET_MNEMONIC}", path m/44'/60'/0'/0/index`, [
      ...manifest.accounts.map(({ index, address, role }) => [String(index), address, role]),
    ]),
    formatTable('Tokens', [
      ...manifest.tokenList.tokens.map(({ symbol, address, decimals, name }) => [
        symbol,
        address,
        String(decimals),
        name,
      ]),
    ]),
    formatTable('Pools', [...manifest.pools.map((pool) => describePool(devnet, pool))]),
  ].join('\n')
}

async function run(options: Options): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  const { port, blockTimeMs, actors, seed, json } = options
  const devnet = await startDevnet({ port, blockTimeMs, actors, seed })
  try {
    if (json !== undefined) await writeManifest(json, devnet)
    process.stdout.write(`${describeDevnet(devnet, options)}\nPress Ctrl-C to end it.\n`)
    await interrupted
  } finally {
    await devnet.stop()
  }
}

try {
  const options = readOptions()
  if (options === 'help') process.stdout.write(usage)
  else await run(options)
} catch (error) {
  const badUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error)
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (badUsage) process.stderr.write(`${error.message}\nTry --help.\n`)
  else if (inUse) process.stderr.write('The port is in use: choose another with --port, or --port 0.\n')
  else
    process.stderr.write(
      `The local chain could not be started: ${error instanceof Error ? error.message : error}\n`,
    )
  process.exitCode = badUsage ? 2 : 1
}
