import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { engineNames } from './engines.ts'
import { measureJournal, measureRings, measureTriggers } from './measureAround.ts'

const shapes = [
  { name: 'normal', seed: 7, operations: 1_000_000, resting: 0, middle: 100_000, spread: 500 },
  { name: 'deep', seed: 7, operations: 1_000_000, resting: 200_000, middle: 100_000, spread: 20_000 },
] as const

/** For each engine alike: enough for a fast one to meet a moment in which nobody else wants the machine's caches. */
const SECONDS = 30

interface Measured {
  readonly rounds: number
  readonly operationsPerSecond: number
  readonly medianOperationsPerSecond: number
  readonly operationsPerCpuSecond: number
  readonly p50Us: number
  readonly p99Us: number
  readonly megabytes: number
  readonly state: string
}

const peers = join(import.meta.dirname, '..', 'peers-orderbook')
if (!existsSync(join(peers, 'node_modules'))) {
  execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: peers, stdio: 'inherit' })
}

const workloads = shapes.map((shape) => {
  const engines = engineNames.map((name) => {
    const argument = JSON.stringify([name, shape, SECONDS])
    const script = join(import.meta.dirname, 'measureEngine.ts')
    const output = execFileSync(process.execPath, ['--expose-gc', script, argument], { encoding: 'utf8' })
    const measured = JSON.parse(output) as Measured
    console.log(
      `${shape.name.padEnd(7)} ${name.padEnd(32)} ${(measured.operationsPerSecond / 1e6).toFixed(2).padStart(6)} M/s` +
        ` (median of ${measured.rounds}: ${(measured.medianOperationsPerSecond / 1e6).toFixed(2)})` +
        `  ${(measured.operationsPerCpuSecond / 1e6).toFixed(2).padStart(6)} M/cpu s` +
        `  p50 ${measured.p50Us} µs  p99 ${measured.p99Us} µs  ${measured.megabytes} MB  state ${measured.state}`,
    )
    return { name, ...measured }
  })
  const states = new Set(engines.map((engine) => engine.state))
  if (states.size !== 1) throw new Error(`${shape.name}: the engines do not agree on what rests in the end`)
  return { ...shape, engines }
})

const triggers = measureTriggers()
console.log('triggers', triggers)
const rings = measureRings()
console.log('rings', rings)
const journal = await measureJournal()
console.log('journal', journal)

const results = {
  node: process.version,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  loadAtTheEnd: loadavg()[0],
  workloads,
  triggers,
  rings,
  journal,
}
writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`)
