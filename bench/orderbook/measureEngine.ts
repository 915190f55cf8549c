import { createHash } from 'node:crypto'
import process from 'node:process'
import { createWorkload, type WorkloadShape } from './createWorkload.ts'
import { type EngineName, prepare } from './engines.ts'

// Run as a process of its own for each engine and workload, so that none is measured on another's heap.
const [name, shape, rounds] = JSON.parse(process.argv[2] ?? '[]') as [EngineName, WorkloadShape, number]
const workload = createWorkload(shape)
const start = prepare(name, workload)
const count = workload.kinds.length
const timed = count - workload.warmUp

let best = Number.POSITIVE_INFINITY
let megabytes = 0
for (let round = 0; round < rounds; round += 1) {
  globalThis.gc?.()
  const before = process.memoryUsage()
  const contestant = start()
  for (let index = 0; index < workload.warmUp; index += 1) contestant.step(index)
  const startedAt = performance.now()
  for (let index = workload.warmUp; index < count; index += 1) contestant.step(index)
  best = Math.min(best, performance.now() - startedAt)
  globalThis.gc?.()
  const after = process.memoryUsage()
  // The first round starts from an empty heap; later ones still hold what the one before left.
  if (round === 0)
    megabytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6
  contestant.depth()
}

const contestant = start()
for (let index = 0; index < workload.warmUp; index += 1) contestant.step(index)
const latencies = new Float64Array(timed)
for (let index = workload.warmUp; index < count; index += 1) {
  const startedAt = performance.now()
  contestant.step(index)
  latencies[index - workload.warmUp] = (performance.now() - startedAt) * 1_000
}
latencies.sort()
const result = {
  operationsPerSecond: Math.round(timed / (best / 1_000)),
  p50Us: round(latencies[Math.floor(timed * 0.5)] ?? 0),
  p99Us: round(latencies[Math.floor(timed * 0.99)] ?? 0),
  megabytes: Math.round(megabytes),
  state: createHash('sha256').update(contestant.depth()).digest('hex').slice(0, 16),
}
process.stdout.write(`${JSON.stringify(result)}\n`)

function round(value: number): number {
  return Math.round(value * 100) / 100
}
