import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { findElectron } from '../../electron-stand-in/findElectron.ts'

const root = join(import.meta.dirname, '..', '..')

export interface LaunchOptions {
  /** Folder of the user's data; kept, so that a second launch finds what the first left. */
  readonly profile: string
  /** What the local chain's launcher wrote about itself. */
  readonly manifest: unknown
  /** Where the keychain is, and whatever else the host needs. */
  readonly env?: Readonly<Record<string, string>>
}

export interface RunningMinato {
  readonly app: ElectronApplication
  readonly window: Page
  /** The window that opens for an approval; call before what opens it. */
  nextWindow(): Promise<Page>
  /** Quits the app as closing its window does; may be called more than once. */
  close(): Promise<void>
}

/** Starts the built app as a user would, on Electron or on its stand-in. */
export async function launchMinato(options: LaunchOptions): Promise<RunningMinato> {
  const host = await findElectron()
  const folder = await mkdtemp(join(tmpdir(), 'minato-launch-'))
  const manifestPath = join(folder, 'local-chain.json')
  await writeFile(manifestPath, JSON.stringify(options.manifest))
  const app = await _electron.launch({
    executablePath: host.executablePath,
    args: [root, `--user-data-dir=${options.profile}`, '--lang=en-US'],
    cwd: root,
    env: { ...definedEnvironment(), ...host.env, ...options.env, MINATO_LOCAL_CHAIN: manifestPath },
  })
  // A click that comes late on a machine that does other work is no fault of the app's.
  app.context().setDefaultTimeout(90_000)
  // As for people who asked their system for less motion: nothing is to be seen in it here, and drawing it takes time.
  // Playwright tells every page that motion is liked, whatever the system says.
  const still = (page: Page) => page.emulateMedia({ reducedMotion: 'reduce' })
  // A window may be gone before it is told.
  app.on('window', (page) => void still(page).catch(() => {}))
  const window = await app.firstWindow({ timeout: 90_000 })
  await still(window)
  let closing: Promise<void> | undefined
  const close = async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  }
  return {
    app,
    window,
    nextWindow: () => app.waitForEvent('window', { timeout: 90_000 }),
    close() {
      closing ??= close()
      return closing
    },
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
