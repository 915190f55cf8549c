import { expect, test } from 'vitest'
import { ParentPort } from './ParentPort.ts'

test('keeps messages until somebody listens, in order', async () => {
  const port = new ParentPort(() => {})
  port.receive(1)
  port.receive(2)
  const seen: unknown[] = []
  port.on('message', ({ data }) => seen.push(data))
  await Promise.resolve()
  port.receive(3)
  expect(seen).toEqual([1, 2, 3])
})

test('waits while paused', async () => {
  const port = new ParentPort(() => {})
  const seen: unknown[] = []
  port.on('message', ({ data }) => seen.push(data))
  await Promise.resolve()
  port.pause()
  port.receive(1)
  expect(seen).toEqual([])
  port.start()
  expect(seen).toEqual([1])
})

test('sends clones, and refuses functions and ports', () => {
  const sent: unknown[] = []
  const port = new ParentPort((message) => sent.push(message))
  const message = { bytes: Buffer.from('a') }
  port.postMessage(message)
  expect(sent[0]).not.toBe(message)
  expect((sent[0] as { bytes: object }).bytes.constructor).toBe(Uint8Array)
  expect(() => port.postMessage(() => {})).toThrow(/could not be cloned/)
  expect(() => port.postMessage(1, [{}])).toThrow(/not available here/)
})
