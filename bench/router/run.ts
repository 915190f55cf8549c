import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createPoolSet, type PoolMix } from './createPoolSet.ts'
import { measureOurs, measurePeer } from './measure.ts'
import type { Peer } from './Peer.ts'
import { createPancakePeer } from './peers/pancake.ts'
import { createTinesPeer } from './peers/tines.ts'
import { createV2SdkPeer, createV3SdkPeer } from './peers/uniswapSdk.ts'
import { type Row, summarise, worstAgainstPeers } from './summarise.ts'

/**
 * Measures the router against others on seeded pool sets.
 *
 * `node bench/router/run.ts [--sizes 30,300,3000] [--mixes v2,mixed,stable] [--gwei 0,0.1,1,20] [--queries 50]
 * [--peers all|none] [--write]`
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '30,300,3000' },
    mixes: { type: 'string', default: 'v2,mixed,stable' },
    gwei: { type: 'string', default: '0,0.1,1,20' },
    queries: { type: 'string', default: '50' },
    peers: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '7' },
    write: { type: 'boolean', default: false },
  },
})
const numbers = (list: string) => list.split(',').map(Number)
/** Peers that take seconds a query on large sets are measured on fewer. */
const SLOW_SIZE = 1_000

const peers = values.peers === 'none' ? [] : loadPeers()
const results: { set: string; gwei: number; worstAgainstPeersBp: number; rows: Row[] }[] = []
for (const size of numbers(values.sizes)) {
  for (const mix of values.mixes.split(',') as PoolMix[]) {
    const set = createPoolSet(mix, size, Number(values.queries), Number(values.seed))
    for (const gwei of numbers(values.gwei)) {
      const { measured, bounds } = measureOurs(set, gwei, 2)
      const all = [measured]
      for (const peer of peers) {
        // Gas changes what a peer chooses only where it hears of it; the two that do not are measured once.
        if (gwei > 0 && peer.name.startsWith('@uniswap')) continue
        if (size > SLOW_SIZE && gwei > 0 && peer.name !== 'sushi tines') continue
        try {
          all.push(await measurePeer(peer, set, gwei, false))
        } catch (error) {
          console.error(
            `${peer.name} failed on ${set.name}: ${error instanceof Error ? error.message : error}`,
          )
        }
      }
      const rows = summarise(all, bounds)
      const worst = worstAgainstPeers(all)
      results.push({ set: set.name, gwei, worstAgainstPeersBp: worst, rows })
      print(
        `${set.name} pools, ${gwei} gwei, ${rows[0]?.queries} queries; worst against any peer ${worst.toFixed(4)} bp`,
        rows,
      )
      if (values.write) {
        const environment = {
          node: process.version,
          // Above the number of cores, wall-clock times are not the routers' own: read the processor times.
          loadAverage: loadavg()[0],
          seed: Number(values.seed),
          queries: Number(values.queries),
        }
        writeFileSync(
          join(import.meta.dirname, 'results.json'),
          `${JSON.stringify({ environment, results }, rounded, 2)}\n`,
        )
      }
    }
  }
}

function loadPeers(): Peer[] {
  const folder = join(import.meta.dirname, '..', 'peers')
  if (!existsSync(join(folder, 'node_modules'))) {
    // Lifecycle scripts of packages that are only measured have no business on this machine.
    const installed = spawnSync('npm', ['ci', '--ignore-scripts', '--legacy-peer-deps'], {
      cwd: folder,
      stdio: 'inherit',
    })
    if (installed.status !== 0)
      throw new Error('The peers could not be installed; --peers none measures without them')
  }
  return [
    createTinesPeer(true),
    createTinesPeer(false),
    createPancakePeer(false),
    createPancakePeer(true),
    createV2SdkPeer(),
    createV3SdkPeer(),
  ]
}

function print(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`)
  console.table(
    rows.map((row) => ({
      router: row.router,
      'ms median': row.medianMs.toFixed(2),
      'ms p95': row.p95Ms.toFixed(2),
      'cpu median': row.medianCpuMs.toFixed(2),
      'cpu p95': row.p95CpuMs.toFixed(2),
      quality: row.quality.toFixed(6),
      'short bp median': row.medianShortBp.toFixed(4),
      'short bp p95': row.p95ShortBp.toFixed(3),
      'to bound bp': row.medianToBoundBp.toFixed(4),
      'within 0.1 bp': `${row.withinTenthBp}/${row.queries}`,
      'exact claims': `${row.exactClaims}/${row.answered}`,
      legs: row.medianLegs,
    })),
  )
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value
}
