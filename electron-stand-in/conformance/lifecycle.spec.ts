import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type ElectronApplication, expect } from '@playwright/test'
import { findElectron } from '../findElectron.ts'
import { FIXTURE_APP, launchFixture, test, waitForEvent } from './launchFixture.ts'

/** Collects the events that the fixture prints, which outlive what could be asked of it. */
function collectPrinted(app: ElectronApplication): { printed: string[]; ended: Promise<number | null> } {
  const printed: string[] = []
  app.process().stdout?.on('data', (data) => {
    for (const [, name = ''] of String(data).matchAll(/event: (\S+)/g)) printed.push(name)
  })
  const ended = new Promise<number | null>((resolve) => app.process().once('close', resolve))
  return { printed, ended }
}

test('quitting closes windows, then leaves, in Electron’s order', async ({ freshApp }) => {
  const { printed, ended } = collectPrinted(freshApp)
  await freshApp.evaluate(({ app }) => setTimeout(() => app.quit()))
  expect(await ended).toBe(0)
  const order = printed.filter((name) => !/show/.test(name))
  expect(order).toEqual(['before-quit', 'close', 'closed', 'will-quit', 'quit'])
})

test('closing the last window ends an app that wants so', async ({ freshApp }) => {
  const { printed, ended } = collectPrinted(freshApp)
  await freshApp.evaluate(({ BrowserWindow }) => setTimeout(() => BrowserWindow.getAllWindows()[0]?.close()))
  expect(await ended).toBe(0)
  const order = printed.filter((name) => !/show/.test(name))
  expect(order).toEqual(['close', 'closed', 'window-all-closed', 'before-quit', 'will-quit', 'quit'])
})

test('an app may stay without windows, and open new ones', async ({ userData }) => {
  const app = await launchFixture(userData, '--stay')
  const page = await app.firstWindow()
  await page.getByRole('heading', { name: 'Fixture' }).waitFor()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await waitForEvent(app, 'window-all-closed')
  await app.evaluate(() => globalThis.fixture.openWindow('second.html', 'second.cjs').loaded)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await app.close()
})

test('exit asks nobody and gives its code', async ({ freshApp }) => {
  const { printed, ended } = collectPrinted(freshApp)
  await freshApp.evaluate(({ app }) => setTimeout(() => app.exit(5)))
  expect(await ended).toBe(5)
  expect(printed).not.toContain('before-quit')
  expect(printed).not.toContain('will-quit')
  expect(printed).toContain('quit')
})

test('a second start with the same user data tells the first, and ends', async ({ freshApp, userData }) => {
  const { executablePath } = await findElectron()
  // Not by Playwright, which waits for a browser that this start never brings up.
  const second = spawn(executablePath, [
    '--no-sandbox',
    FIXTURE_APP,
    `--user-data-dir=${userData}`,
    '--from-second',
  ])
  let output = ''
  second.stdout.on('data', (data) => {
    output += data
  })
  const [code] = await once(second, 'close')
  expect(code).toBe(0)
  expect(output).toContain('event: not-first')
  const told = await waitForEvent(freshApp, 'second-instance')
  expect(told['argv']).toContain('--from-second')
  expect(told['workingDirectory']).toBe(process.cwd())
  expect(told['data']).toEqual({ from: second.pid })
  expect(await freshApp.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true)
})

test('the lock is free again after the first was killed', async ({ userData }) => {
  const first = await launchFixture(userData)
  await first.firstWindow()
  const gone = new Promise((resolve) => first.process().once('exit', resolve))
  first.process().kill('SIGKILL')
  await gone
  const second = await launchFixture(userData)
  expect(await second.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true)
  await second.close()
})

test('no child outlives an app that was killed', async ({ userData }) => {
  const app = await launchFixture(userData)
  const page = await app.firstWindow()
  await page.getByRole('heading', { name: 'Fixture' }).waitFor()
  await app.evaluate(() => globalThis.fixture.startUtility())
  await waitForEvent(app, 'spawn')
  const pid = await app.evaluate(() => globalThis.fixture.child.pid ?? 0)
  expect(pid).toBeGreaterThan(0)
  app.process().kill('SIGKILL')
  const isRunning = () => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  await expect.poll(isRunning).toBe(false)
})

test('the app knows itself', async ({ freshApp, userData }) => {
  const known = await freshApp.evaluate(({ app }) => ({
    name: app.getName(),
    version: app.getVersion(),
    isPackaged: app.isPackaged,
    isReady: app.isReady(),
    userData: app.getPath('userData'),
    electron: typeof process.versions.electron,
    chrome: typeof process.versions['chrome'],
    type: process.type,
  }))
  expect(known).toEqual({
    name: 'Conformance',
    version: '1.2.3',
    isPackaged: false,
    isReady: true,
    userData,
    electron: 'string',
    chrome: 'string',
    type: 'browser',
  })
})
