import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type SecondInstance, SingleInstanceLock } from './SingleInstanceLock.ts'

let folder: string
const locks: SingleInstanceLock[] = []
const me: SecondInstance = {
  argv: ['app', '--flag'],
  workingDirectory: '/work',
  additionalData: { key: 'ü' },
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'single-instance-'))
})
afterEach(() => {
  for (const lock of locks.splice(0)) lock.release()
  rmSync(folder, { recursive: true })
})

function createLock(): SingleInstanceLock {
  const lock = new SingleInstanceLock()
  locks.push(lock)
  return lock
}

test('the first has the lock, for its folder only, and as often as it asks', () => {
  const lock = createLock()
  expect(lock.acquire(folder, me, () => {})).toBe(true)
  expect(lock.acquire(folder, me, () => {})).toBe(true)
  expect(lock.isHeld).toBe(true)
  expect(createLock().acquire(join(folder, 'other'), me, () => {})).toBe(true)
})

test('a released lock can be had again', () => {
  const first = createLock()
  first.acquire(folder, me, () => {})
  first.release()
  expect(createLock().acquire(folder, me, () => {})).toBe(true)
})

test('a second is refused, and the first is told what the second said', async () => {
  const told = Promise.withResolvers<SecondInstance>()
  createLock().acquire(folder, me, told.resolve)
  // In a thread: the second waits, blocking, for an answer that the first must be free to give.
  const lockModule = new URL('SingleInstanceLock.ts', import.meta.url).href
  const second = new Worker(
    `import(${JSON.stringify(lockModule)}).then(({ SingleInstanceLock }) => {
      const { folder, me } = require('node:worker_threads').workerData
      require('node:worker_threads').parentPort.postMessage(new SingleInstanceLock().acquire(folder, me, () => {}))
    })`,
    { eval: true, workerData: { folder, me } },
  )
  const acquired = await new Promise((resolve, reject) => {
    second.once('message', resolve)
    second.once('error', reject)
  })
  expect(acquired).toBe(false)
  expect(await told.promise).toEqual(me)
  await second.terminate()
})
