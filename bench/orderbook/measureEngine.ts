import { createHash } from 'node:crypto'
import process from 'node:process'
import { createWorkload, type WorkloadShape } from './createWorkload.ts'
import { type Contestant, type EngineName, lasting, prepare } from './engines.ts'

// Run as a process of its own for each engine and workload, so that none is measured on another's heap.
const [name, shape, seconds] = JSON.parse(process.argv[2] ?? '[]') as [EngineName, WorkloadShape, number]
const workload = createWorkload(shape)
const start = prepare(name, workload)
const count = workload.kinds.length
const timed = count - workload.warmUp

/** Few enough to stay in a cache near the processor, as what a caller has just made does. */
const AT_ONCE = 256

/** The last rounds are timed operation by operation, which costs a fast engine some of its speed. */
const SINGLE_ROUNDS = 3

/** Of the rounds whose operations are timed together. */
const roundsMs: number[] = []
let bestCpuMs = Number.POSITIVE_INFINITY
let megabytes = 0
let p50Us = Number.POSITIVE_INFINITY
let p99Us = Number.POSITIVE_INFINITY
let state = ''
const beganAt = performance.now()
for (let number = 0, single = 0; single < SINGLE_ROUNDS; number += 1) {
  globalThis.gc?.()
  const before = process.memoryUsage()
  const contestant = start()
  run(contestant, 0, workload.warmUp, undefined)
  const isSingle = roundsMs.length >= 2 && performance.now() - beganAt > seconds * 1_000
  const latencies = new Float64Array(isSingle ? timed : 0)
  const cpuBefore = process.threadCpuUsage()
  const startedAt = performance.now()
  const ms = run(contestant, workload.warmUp, count, isSingle ? latencies : undefined)
  const share = ms / (performance.now() - startedAt)
  const cpu = process.threadCpuUsage(cpuBefore)
  if (!isSingle) {
    roundsMs.push(ms)
    // The clock of the thread is too coarse for so few operations at once: they get the share that they had of the time.
    bestCpuMs = Math.min(bestCpuMs, ((cpu.user + cpu.system) / 1_000) * share)
  }
  globalThis.gc?.()
  const after = process.memoryUsage()
  // The first round starts from an empty heap; later ones still hold what the one before left.
  const used = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
  if (number === 0) megabytes = Math.round((used - latencies.byteLength) / 1e6)
  if (isSingle) {
    single += 1
    latencies.sort()
    p50Us = Math.min(p50Us, round(latencies[Math.floor(timed * 0.5)] ?? 0))
    p99Us = Math.min(p99Us, round(latencies[Math.floor(timed * 0.99)] ?? 0))
  }
  state = createHash('sha256').update(contestant.depth()).digest('hex').slice(0, 16)
}
roundsMs.sort((a, b) => a - b)
if (lasting.book.levels(true, 1).length > 0) throw new Error('The book that lasts was used')
const result = {
  rounds: roundsMs.length,
  /** Of the best round, and of the median one: what lies between them is the work of other tenants of the machine. */
  operationsPerSecond: toSpeed(roundsMs[0]),
  medianOperationsPerSecond: toSpeed(roundsMs[roundsMs.length >> 1]),
  /** The same by the processor time of the engine's thread, which a busy machine falsifies less. */
  operationsPerCpuSecond: toSpeed(bestCpuMs),
  p50Us,
  p99Us,
  megabytes,
  state,
}
process.stdout.write(`${JSON.stringify(result)}\n`)

/** Carries out the operations from one index up to another; the milliseconds that took, without making them ready. */
function run(contestant: Contestant, from: number, to: number, latencies: Float64Array | undefined): number {
  let ms = 0
  for (let first = from; first < to; first += AT_ONCE) {
    const end = Math.min(first + AT_ONCE, to)
    contestant.makeReady(first, end)
    const startedAt = performance.now()
    if (latencies === undefined) {
      for (let index = first; index < end; index += 1) contestant.step(index)
    } else {
      for (let index = first; index < end; index += 1) {
        const stepStartedAt = performance.now()
        contestant.step(index)
        latencies[index - from] = (performance.now() - stepStartedAt) * 1_000
      }
    }
    ms += performance.now() - startedAt
  }
  return ms
}

function toSpeed(ms = Number.POSITIVE_INFINITY): number {
  return Math.round(timed / (ms / 1_000))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
