import { expect } from '@playwright/test'
import { readEvents, test, waitForEvent } from './launchFixture.ts'

test('a utility process exchanges structured clones with the main process', async ({ app, page: _page }) => {
  await app.evaluate(() => globalThis.fixture.startUtility())
  // Sent at once: what comes before the child listens must not be lost.
  await app.evaluate(() =>
    globalThis.fixture.child.postMessage({ amount: 2n ** 100n, bytes: new Uint8Array([1, 2]) }),
  )
  await expect.poll(() => app.evaluate(() => globalThis.fixture.messages.length)).toBe(1)
  const answer = await app.evaluate(() => {
    const [message] = globalThis.fixture.messages
    const received = message?.['received'] as { amount: bigint; bytes: Uint8Array } | undefined
    return {
      ...message,
      doubled: message?.['doubled'] === 2n ** 101n,
      received:
        received?.amount === 2n ** 100n && received.bytes instanceof Uint8Array && received.bytes[1] === 2,
    }
  })
  expect(answer).toEqual({
    received: true,
    doubled: true,
    type: 'utility',
    argument: 'argument',
    variable: 'given',
    hasChannel: false,
    bytes: 'Uint8Array',
  })
})

test('functions are refused', async ({ app, page: _page }) => {
  const refused = await app.evaluate(() => {
    globalThis.fixture.startUtility()
    try {
      globalThis.fixture.child.postMessage({ callback: () => {} })
      return 'sent'
    } catch (error) {
      return String(error)
    }
  })
  expect(refused).toMatch(/could not be cloned/)
})

test('output can be read, and pid is there while it runs', async ({ app, page: _page }) => {
  await app.evaluate(() => globalThis.fixture.startUtility())
  await waitForEvent(app, 'spawn')
  expect(await app.evaluate(() => globalThis.fixture.child.pid)).toBeGreaterThan(0)
  await app.evaluate(() => globalThis.fixture.child.postMessage({ print: 'printed' }))
  expect((await waitForEvent(app, 'stdout'))['text']).toContain('printed')
  expect(await app.evaluate(() => globalThis.fixture.child.kill())).toBe(true)
  await waitForEvent(app, 'exit')
  expect(await app.evaluate(() => globalThis.fixture.child.pid)).toBeUndefined()
})

test('the exit code is told', async ({ app, page: _page }) => {
  await app.evaluate(() => globalThis.fixture.startUtility())
  await app.evaluate(() => globalThis.fixture.child.postMessage({ exit: 7 }))
  expect((await waitForEvent(app, 'exit'))['code']).toBe(7)
})

test('a crash is told', async ({ app, page: _page }) => {
  await app.evaluate(() => globalThis.fixture.startUtility())
  await app.evaluate(() => globalThis.fixture.child.postMessage({ crash: true }))
  expect((await waitForEvent(app, 'exit'))['code']).not.toBe(0)
  expect((await waitForEvent(app, 'child-process-gone'))['details']).toMatchObject({
    type: 'Utility',
    name: 'fixture',
  })
  expect((await readEvents(app)).filter(({ name }) => name === 'exit')).toHaveLength(1)
})
