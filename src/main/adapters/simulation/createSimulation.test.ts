import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { createSimulation } from './createSimulation.ts'
import type { FromSimulation, SimulatedState, SimulationTask } from './simulationMessages.ts'

const task = { chainId: 1 as ChainId, from: '0x01', calls: [] } as unknown as SimulationTask
const state: SimulatedState = {
  readAccount: async () => ({ nonce: 0n, balance: 0n, code: '0x' }),
  readSlot: async () => 7n,
  readBlockHash: async () => '0x',
}

/** A thread that does what a test says, and counts how often it was ended. */
function createThread(run: (thread: EventEmitter, tell: (message: FromSimulation) => void) => void) {
  const answers: unknown[] = []
  let endings = 0
  const start = () => {
    const thread = Object.assign(new EventEmitter(), {
      postMessage: (answer: unknown) => void answers.push(answer),
      async terminate() {
        endings += 1
        thread.emit('exit', 1)
        return 1
      },
    })
    queueMicrotask(() => run(thread, (message) => thread.emit('message', message)))
    return thread as unknown as Worker
  }
  return { start, answers, endings: () => endings }
}

const slot = (id: number): FromSimulation => ({ kind: 'slot', id, address: '0x01', slot: '0x00' })

test('a thread is answered what it asks, and ended with its answer', async () => {
  const thread = createThread((emitter, tell) => {
    tell(slot(1))
    setImmediate(() => {
      tell({ kind: 'done', frames: [] })
      emitter.emit('message', slot(2))
    })
  })
  expect(await createSimulation(thread.start, () => {})(task, state)).toEqual([])
  expect(thread.answers).toContainEqual({ id: 1, value: 7n })
  expect(thread.endings()).toBe(1)
})

test('a thread that asks without end is ended, and nothing is claimed', async () => {
  const thread = createThread((_emitter, tell) => {
    for (let id = 0; id < 5_001; id += 1) tell(slot(id))
  })
  expect(await createSimulation(thread.start, () => {})(task, state)).toBeUndefined()
  expect(thread.endings()).toBe(1)
})

test('a thread that fails is a bug, and nothing is claimed', async () => {
  const bugs: unknown[] = []
  const thread = createThread((emitter) => emitter.emit('error', new Error('out of memory')))
  expect(await createSimulation(thread.start, (thrown) => bugs.push(thrown))(task, state)).toBeUndefined()
  expect(bugs).toMatchObject([{ message: 'out of memory' }])
})

test('a thread that ends by itself leaves nobody waiting', async () => {
  const thread = createThread((emitter) => emitter.emit('exit', 0))
  expect(await createSimulation(thread.start, () => {})(task, state)).toBeUndefined()
})

test('what reading the state throws is thrown', async () => {
  const thread = createThread((_emitter, tell) => tell(slot(1)))
  const failing = { ...state, readSlot: () => Promise.reject(new Error('no node')) }
  await expect(createSimulation(thread.start, () => {})(task, failing)).rejects.toThrow('no node')
  expect(thread.endings()).toBe(1)
})
