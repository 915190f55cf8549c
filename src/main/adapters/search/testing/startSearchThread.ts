import { Worker } from 'node:worker_threads'

/** The thread as it lies in the source, which Node runs as it is. */
export function startSearchThread(): Worker {
  return new Worker(new URL('../searchThread.ts', import.meta.url))
}
