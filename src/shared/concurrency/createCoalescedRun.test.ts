import { expect, test } from 'vitest'
import { createCoalescedRun } from './createCoalescedRun.ts'

test('runs at once when idle', async () => {
  let runs = 0
  const request = createCoalescedRun(async () => {
    runs += 1
  })
  await request()
  await request()
  expect(runs).toBe(2)
})

test('joins requests that arrive during a run into one following run', async () => {
  const gates: (() => void)[] = []
  let active = 0
  let most = 0
  const request = createCoalescedRun(async () => {
    active += 1
    most = Math.max(most, active)
    await new Promise<void>((resolve) => gates.push(resolve))
    active -= 1
  })
  const first = request()
  const followers = [request(), request(), request()]
  gates[0]?.()
  await first
  await Promise.resolve()
  await new Promise((resolve) => setImmediate(resolve))
  expect(gates).toHaveLength(2)
  gates[1]?.()
  await Promise.all(followers)
  expect(gates).toHaveLength(2)
  expect(most).toBe(1)
})

test('a failed run rejects its own requesters only', async () => {
  let runs = 0
  const request = createCoalescedRun(async () => {
    runs += 1
    await Promise.resolve()
    if (runs === 1) throw new Error('first')
  })
  const first = request()
  const second = request()
  await expect(first).rejects.toThrow('first')
  await expect(second).resolves.toBeUndefined()
})
