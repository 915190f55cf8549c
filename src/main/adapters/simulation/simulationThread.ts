import { parentPort, workerData } from 'node:worker_threads'
import { runTransactions } from './runTransactions.ts'
import type {
  FromSimulation,
  SimulatedState,
  SimulationTask,
  StateAnswer,
  StateQuestion,
} from './simulationMessages.ts'

/** The thread that runs transactions: strangers' code, which knows of the chain only what it asks for. One task, then it ends. */
const port = parentPort
if (!port) throw new Error('This file is the program of a thread')
const waiting = new Map<number, (value: StateAnswer['value']) => void>()
let count = 0

port.on('message', ({ id, value }: StateAnswer) => {
  waiting.get(id)?.(value)
  waiting.delete(id)
})

type Asked = StateQuestion extends infer Each ? (Each extends unknown ? Omit<Each, 'id'> : never) : never

function ask<Value extends StateAnswer['value']>(question: Asked): Promise<Value> {
  count += 1
  const id = count
  return new Promise((resolve) => {
    waiting.set(id, resolve as (value: StateAnswer['value']) => void)
    tell({ ...question, id })
  })
}

const tell = (message: FromSimulation) => port.postMessage(message)

const state: SimulatedState = {
  readAccount: (address) => ask({ kind: 'account', address }),
  readSlot: (address, slot) => ask({ kind: 'slot', address, slot }),
  readBlockHash: (number) => ask({ kind: 'blockHash', number }),
}

tell({ kind: 'done', frames: await runTransactions(workerData as SimulationTask, state) })
