import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createPoolSet, type PoolMix } from './createPoolSet.ts'
import { measureOnTheWay, measureOurs, measurePeer } from './measure.ts'
import type { Peer } from './Peer.ts'
import { createBalancerPeer } from './peers/balancer.ts'
import { createPancakePeer } from './peers/pancake.ts'
import { createSmartOrderRouterPeer } from './peers/smartOrderRouter.ts'
import { createTinesPeer } from './peers/tines.ts'
import { createV2SdkPeer, createV3SdkPeer } from './peers/uniswapSdk.ts'
import { type OnTheWay, type Row, summarise, summariseOnTheWay, worstAgainstPeers } from './summarise.ts'

/**
 * Measures the router against others on seeded pool sets.
 *
 * `node bench/router/run.ts [--sizes 30,300,3000] [--mixes v2,mixed,stable] [--gwei 0,0.1,1,20] [--queries 50]
 * [--peers all|none|tines,...] [--write]`
 *
 * `--write` replaces the measured sets in results.json and keeps the others, as well as the rows of routers that were left out.
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
/** Sets on which enumerating routers take seconds a query: they are measured on smaller ones. */
const LARGE_SET = 300
const LARGEST_SET = 3_000

const peers = values.peers === 'none' ? [] : loadPeers()
interface Result {
  readonly set: string
  readonly gwei: number
  readonly worstAgainstPeersBp: number
  readonly onTheWay: OnTheWay | undefined
  readonly rows: readonly (Row & { readonly isOlder?: boolean })[]
}

const resultsFile = join(import.meta.dirname, 'results.json')
const kept = values.write && existsSync(resultsFile) ? readResults(resultsFile) : []
const results: Result[] = [...kept]
for (const size of numbers(values.sizes)) {
  for (const mix of values.mixes.split(',') as PoolMix[]) {
    const set = createPoolSet(mix, size, Number(values.queries), Number(values.seed))
    for (const gwei of numbers(values.gwei)) {
      const { measured, bounds } = await measureOurs(set, gwei)
      const all = [measured]
      for (const peer of peers) {
        if (!isWorthwhile(peer.name, size, gwei)) continue
        try {
          all.push(await measurePeer(peer, set, gwei))
        } catch (error) {
          console.error(
            `${peer.name} failed on ${set.name}: ${error instanceof Error ? error.message : error}`,
          )
        }
      }
      const rows = summarise(all, bounds)
      const worst = worstAgainstPeers(all)
      const onTheWay = peers.length > 0 ? summariseOnTheWay(all, await measureOnTheWay(set, gwei)) : undefined
      const before = results.findIndex((result) => result.set === set.name && result.gwei === gwei)
      results.splice(before < 0 ? results.length : before, before < 0 ? 0 : 1, {
        set: set.name,
        gwei,
        worstAgainstPeersBp: worst,
        onTheWay,
        rows: [...rows, ...olderRows(results[before], rows)],
      })
      print(
        `${set.name} pools, ${gwei} gwei, ${rows[0]?.queries} queries; worst against any peer ${worst.toFixed(4)} bp`,
        rows,
      )
      if (onTheWay !== undefined) printOnTheWay(onTheWay)
      if (values.write) {
        const environment = {
          node: process.version,
          // Above the number of cores, wall-clock times are not the routers' own: read the processor times.
          loadAverage: loadavg()[0],
          seed: Number(values.seed),
          queries: Number(values.queries),
        }
        writeFileSync(resultsFile, `${JSON.stringify({ environment, results }, rounded, 2)}\n`)
      }
    }
  }
}

/** Leaves out what would take hours and show nothing: routers that do not hear of gas, and enumeration over large sets. */
function isWorthwhile(peer: string, size: number, gwei: number): boolean {
  // It enumerates every route of every kind, twenty amounts each.
  if (peer.startsWith('Uniswap smart')) return size < LARGE_SET
  if (peer.startsWith('@uniswap')) return gwei === 0 && size < LARGE_SET
  if (peer === 'PancakeSwap smart-router') return size < LARGE_SET || (gwei === 0 && size < LARGEST_SET)
  return size < LARGEST_SET || peer.startsWith('sushi')
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
  const all = [
    createTinesPeer(true),
    createTinesPeer(false),
    createPancakePeer(false),
    createPancakePeer(true),
    createV2SdkPeer(),
    createV3SdkPeer(),
    createBalancerPeer(),
    createSmartOrderRouterPeer(),
  ]
  const wanted = values.peers.split(',')
  return values.peers === 'all' ? all : all.filter(({ name }) => wanted.some((part) => name.includes(part)))
}

function readResults(file: string): Result[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { results: Result[] }).results
}

/** The rows of routers that were not measured this time, at whatever load they were measured. */
function olderRows(before: Result | undefined, rows: readonly Row[]): Result['rows'] {
  const older = before?.rows.filter((row) => !rows.some(({ router }) => router === row.router)) ?? []
  return older.map((row) => ({ ...row, isOlder: true }))
}

function printOnTheWay({
  firstAnswerCpuMs,
  asGoodCpuMs,
  p95AsGoodCpuMs,
  firstIsAsGood,
  everAsGood,
}: OnTheWay): void {
  console.log(
    `on the way (cpu ms): first answer ${firstAnswerCpuMs.toFixed(2)}; no worse than any peer's last after ` +
      `${asGoodCpuMs.toFixed(2)} median, ${p95AsGoodCpuMs.toFixed(2)} p95; by the first answer on ${firstIsAsGood} ` +
      `queries, by any on ${everAsGood}`,
  )
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
