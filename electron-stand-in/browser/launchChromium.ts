import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { CdpConnection } from './CdpConnection.ts'
import { composeSwitches } from './composeSwitches.ts'
import { findChromium } from './findChromium.ts'

/** A Chromium that this process owns. */
export type ChromiumProcess = {
  readonly connection: CdpConnection
  readonly product: string
  readonly hasDisplay: boolean
  /** Resolves once Chromium and its profile are gone, whoever ended it. */
  readonly exited: Promise<void>
  /** Asks Chromium to quit, and kills it when it has not within two seconds. */
  readonly quit: () => Promise<void>
  /** Ends Chromium at once; for the last moment of this process. */
  readonly kill: () => void
  /** Has the running Chromium open an undecorated app window at a URL. */
  readonly openAppWindow: (url: string) => Promise<void>
}

const QUIT_TIMEOUT_MS = 2_000

// A process of Chromium's that still writes while it ends can make the first removal fail.
const REMOVE_PROFILE = 'rm -rf "$profile" 2>/dev/null || { sleep 1; rm -rf "$profile"; }'

// The shell outlives Chromium, which quits when its pipe closes, so the profile goes even after a SIGKILL of Node.
const RUN_THEN_REMOVE_PROFILE = `profile=$1; shift; "$@"; ${REMOVE_PROFILE}`

const KEPT_LINES = 10

/** Starts Chromium with a profile of its own and waits until it answers. */
export async function launchChromium(options: {
  readonly locale: string
  readonly appSwitches: ReadonlyMap<string, string>
}): Promise<ChromiumProcess> {
  const profile = mkdtempSync(join(tmpdir(), 'electron-stand-in-'))
  const hasDisplay =
    Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']) && !options.appSwitches.has('headless')
  const program = findChromium(process.env, { hasDisplay })
  const switches = composeSwitches({ ...options, profile, hasDisplay, isRoot: process.getuid?.() === 0 })
  if (switches.includes('--no-sandbox')) {
    process.stderr.write('electron stand-in: Chromium runs without its sandbox (as root, or told so)\n')
  }
  const child = spawn('/bin/sh', ['-c', RUN_THEN_REMOVE_PROFILE, 'sh', profile, program, ...switches], {
    // A group of its own: a Ctrl-C in the terminal must reach the app, which then quits in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // The desktop's bus would only be asked for portals and power states that nobody here uses.
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lastLines = child.stderr === null ? [] : forwardStandardError(child.stderr)
  const connection = new CdpConnection(child.stdio[3] as Writable, child.stdio[4] as Readable)

  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // Already gone.
    }
    // That shell is killed as well, and this process may be about to end.
    spawn('/bin/sh', ['-c', `profile=$1; ${REMOVE_PROFILE}`, 'sh', profile], {
      detached: true,
      stdio: 'ignore',
    }).unref()
  }

  const quit = async (): Promise<void> => {
    connection.browser.post('Browser.close')
    const timeout = setTimeout(kill, QUIT_TIMEOUT_MS)
    await exited
    clearTimeout(timeout)
  }

  const openAppWindow = async (url: string): Promise<void> => {
    const forOtherInstance = switches.filter((item) => !/^--(remote-debugging|no-startup-window)/.test(item))
    const opener = spawn(program, [...forOtherInstance, `--app=${url}`], { stdio: 'ignore' })
    await new Promise<void>((resolve, reject) => {
      opener.once('error', reject)
      opener.once('exit', () => resolve())
    })
  }

  const { product } = await connection.browser.send('Browser.getVersion').catch(async () => {
    await exited
    throw new Error(`electron stand-in: ${program} ended before it answered\n${lastLines.join('\n')}`)
  })
  // The shell without windows has no prompts to deny, and would call this one undecided.
  await connection.browser.send('Browser.setPermission', {
    permission: { name: 'notifications' },
    setting: 'denied',
  })
  return { connection, product, hasDisplay, exited, quit, kill, openAppWindow }
}

/** Passes on what Playwright needs, or all if asked to, and keeps the last lines for an error message. */
function forwardStandardError(stream: Readable): readonly string[] {
  const isVerbose = Boolean(process.env['ELECTRON_STAND_IN_VERBOSE'])
  const lastLines: string[] = []
  createInterface({ input: stream }).on('line', (line) => {
    lastLines.push(line)
    if (lastLines.length > KEPT_LINES) lastLines.shift()
    // Playwright finds the browser by this line.
    if (line.startsWith('DevTools listening on ')) process.stderr.write(`${line}\n`)
    else if (isVerbose) process.stderr.write(`[chromium] ${line}\n`)
  })
  return lastLines
}
