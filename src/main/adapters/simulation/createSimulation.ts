import type { Worker } from 'node:worker_threads'
import { schedule } from '../system/schedule.ts'
import type {
  CallFrame,
  FromSimulation,
  SimulatedState,
  SimulationTask,
  StateAnswer,
  StateQuestion,
} from './simulationMessages.ts'

/**
 * Runs transactions on this machine, on state that it asks for as it goes.
 *
 * @returns `undefined` where it cannot tell what the chain would do: it took too long, read too much, or met what it does not know
 * @throws whatever reading the state throws
 */
export type Simulate = (
  task: SimulationTask,
  state: SimulatedState,
) => Promise<readonly CallFrame[] | undefined>

/** Longer nobody waits for a preview; a stranger's code could run on as long as its gas lasts. */
const patienceMs = 20_000
/** An ordinary swap reads a hundred. */
const mostReads = 5_000
/** Of memory, in MiB: code that wants more is stopped with its thread. */
export const simulationLimits = { maxOldGenerationSizeMb: 512 }

/** @param start a thread of its own for each task, so that nothing of one is left in the next */
export function createSimulation(
  start: (task: SimulationTask) => Worker,
  onBug: (thrown: unknown) => void,
): Simulate {
  return (task, state) =>
    new Promise((resolve, reject) => {
      const worker = start(task)
      let reads = 0
      let isOver = false
      const end = (tell: () => void) => {
        // What is told first counts: ending the thread tells of its end as well.
        if (isOver) return
        isOver = true
        stopWaiting()
        tell()
        void worker.terminate()
      }
      const giveUp = () => end(() => resolve(undefined))
      const stopWaiting = schedule(giveUp, patienceMs)
      worker.on('message', (message: FromSimulation) => {
        if (message.kind === 'done') {
          end(() => resolve(message.frames))
          return
        }
        reads += 1
        if (reads > mostReads) giveUp()
        else {
          answer(message, state).then(
            (value) => worker.postMessage({ id: message.id, value } satisfies StateAnswer),
            (thrown) => end(() => reject(thrown)),
          )
        }
      })
      worker.on('error', (thrown) => {
        onBug(thrown)
        giveUp()
      })
      worker.on('exit', giveUp)
    })
}

function answer(question: StateQuestion, state: SimulatedState): Promise<StateAnswer['value']> {
  switch (question.kind) {
    case 'account':
      return state.readAccount(question.address)
    case 'slot':
      return state.readSlot(question.address, question.slot)
    case 'blockHash':
      return state.readBlockHash(question.number)
  }
}
