import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { simulationLimits } from '../adapters/simulation/createSimulation.ts'
import type { SimulationTask } from '../adapters/simulation/simulationMessages.ts'
import { bundleProgram } from './bundleProgram.ts'

export interface AppThreads {
  startSearch(): Worker
  startSimulation(task: SimulationTask): Worker
}

// Always in the same place, where what is compiled is known from the run before.
const folder = fileURLToPath(new URL('../../../.cache/threads', import.meta.url))
let threads: Promise<AppThreads> | undefined

/**
 * The app's threads, each one file as the app ships it. Every simulation has a thread of its own: from the source, which is hundreds
 * of files, it takes half a second of a core to start, and most tests of the whole app start several.
 */
export function bundleThreads(): Promise<AppThreads> {
  threads ??= bundle()
  return threads
}

async function bundle(): Promise<AppThreads> {
  const [search, simulation] = await Promise.all([
    bundleThread('search', new URL('../adapters/search/searchThread.ts', import.meta.url)),
    bundleThread('simulation', new URL('../adapters/simulation/simulationThread.ts', import.meta.url)),
  ])
  return {
    startSearch: () => new Worker(search),
    startSimulation: (task) => new Worker(simulation, { workerData: task, resourceLimits: simulationLimits }),
  }
}

async function bundleThread(name: string, entry: URL): Promise<string> {
  const program = await bundleProgram(entry)
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${name}.mjs`)
  // At once: tests that run side by side each put the same there.
  await rename(program.path, path)
  await program.remove()
  return path
}
