import { Worker } from 'node:worker_threads'
import { simulationLimits } from '../createSimulation.ts'
import type { SimulationTask } from '../simulationMessages.ts'

/** The thread as it lies in the source, which Node runs as it is. */
export function startSimulationThread(task: SimulationTask): Worker {
  return new Worker(new URL('../simulationThread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: simulationLimits,
  })
}
