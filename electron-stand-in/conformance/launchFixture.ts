import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test'
import { findElectron } from '../findElectron.ts'
import type { FixtureEvent } from './fixture.ts'

/** The folder of the fixture app. */
export const FIXTURE_APP = join(import.meta.dirname, 'app')

/** Starts the fixture app on Electron, or on the stand-in where Electron's binary is missing. */
export async function launchFixture(userData: string, ...parameters: string[]): Promise<ElectronApplication> {
  // Playwright asks the electron package for the program, and that reads this process's environment.
  Object.assign(process.env, (await findElectron()).env)
  return await _electron.launch({
    args: [FIXTURE_APP, `--user-data-dir=${userData}`, ...parameters],
    // Playwright would else tell pages "light" whatever the app says.
    colorScheme: null,
  })
}

/** What happened in the fixture's main process so far, in order. */
export function readEvents(app: ElectronApplication): Promise<FixtureEvent[]> {
  return app.evaluate(() => globalThis.fixture.events)
}

/** Waits until something of that name has happened, and gives it. */
export async function waitForEvent(app: ElectronApplication, name: string): Promise<FixtureEvent> {
  let found: FixtureEvent | undefined
  await expect(async () => {
    found = (await readEvents(app)).find((event) => event.name === name)
    expect(found, `${name} has happened`).toBeDefined()
  }).toPass({ intervals: [20], timeout: 30_000 })
  if (found === undefined) throw new Error(`${name} has not happened`)
  return found
}

/** Opens the fixture's second window, with a preload of its own, and waits until Playwright has its page too. */
export async function openSecondWindow(
  app: ElectronApplication,
  size: { width: number; height: number } = { width: 640, height: 480 },
): Promise<Page> {
  const [page] = await Promise.all([
    app.waitForEvent('window'),
    app.evaluate(async (_electron, options) => {
      const { events, openWindow } = globalThis.fixture
      const { window, loaded } = openWindow('second.html', 'second.cjs', options)
      events.push({ name: 'opened', isVisible: window.isVisible() })
      await loaded
    }, size),
  ])
  await page.getByRole('heading', { name: 'Second' }).waitFor()
  return page
}

/** Brings a running fixture back to its first page: other windows gone, nothing recorded. */
async function reset(app: ElectronApplication): Promise<void> {
  await app.evaluate(async ({ BrowserWindow, nativeTheme }) => {
    const { fixture } = globalThis
    nativeTheme.themeSource = 'light'
    fixture.child?.kill()
    const [first, ...others] = BrowserWindow.getAllWindows().sort((a, b) => a.id - b.id)
    for (const window of others) window.destroy()
    fixture.deny = true
    for (const list of [fixture.events, fixture.messages, fixture.requests]) list.length = 0
    await first?.loadURL('app://fixture/index.html')
    first?.show()
    fixture.events.length = 0
  })
}

type Fixtures = { app: ElectronApplication; page: Page; userData: string; freshApp: ElectronApplication }

/** Tests on a running fixture app, or (`freshApp`) on one of their own that they may end. */
export const test = base.extend<Fixtures, { sharedApp: ElectronApplication }>({
  sharedApp: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from the pattern.
    async ({}, use) => {
      const folder = createUserData()
      const app = await launchFixture(folder)
      await showFirstPage(app)
      await use(app)
      await app.close()
      removeUserData(folder)
    },
    { scope: 'worker' },
  ],
  app: async ({ sharedApp }, use) => {
    await reset(sharedApp)
    await use(sharedApp)
  },
  page: async ({ app }, use) => {
    await use(await showFirstPage(app))
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  userData: async ({}, use) => {
    const folder = createUserData()
    await use(folder)
    removeUserData(folder)
  },
  freshApp: async ({ userData }, use) => {
    const app = await launchFixture(userData)
    await showFirstPage(app)
    await use(app)
    await app.close()
  },
})

const createUserData = (): string => mkdtempSync(join(tmpdir(), 'conformance-'))

const removeUserData = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })

async function showFirstPage(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow()
  await page.getByRole('heading', { name: 'Fixture' }).waitFor()
  return page
}
