import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChain } from '../startChain.ts'

const WARM_RUNS = 10

/** How long the local chain takes until it answers, in milliseconds. */
export interface ChainStartTimes {
  /** With an empty cache: the chain is seeded first. */
  coldMs: number
  /** From the cache; sorted. */
  warmMs: number[]
}

async function startAndStop(cacheDirectory: string): Promise<number> {
  const start = performance.now()
  const chain = await startChain({ mining: 'builder', cacheDirectory })
  const elapsedMs = performance.now() - start
  await chain.stop()
  return elapsedMs
}

/** Starts the chain once with an empty cache, then repeatedly from the cache that this has filled. */
export async function measureChainStart(): Promise<ChainStartTimes> {
  const cacheDirectory = mkdtempSync(join(tmpdir(), 'minato-start-'))
  try {
    const coldMs = await startAndStop(cacheDirectory)
    const warmMs: number[] = []
    for (let run = 0; run < WARM_RUNS; run += 1) warmMs.push(await startAndStop(cacheDirectory))
    return { coldMs, warmMs: warmMs.sort((a, b) => a - b) }
  } finally {
    rmSync(cacheDirectory, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const { coldMs, warmMs } = await measureChainStart()
  const median = warmMs[Math.floor(warmMs.length / 2)] ?? Number.NaN
  const worst = warmMs.at(-1) ?? Number.NaN
  console.log(`cold start ${coldMs.toFixed(0)} ms`)
  console.log(`warm start median ${median.toFixed(0)} ms, worst of ${WARM_RUNS} ${worst.toFixed(0)} ms`)
}
