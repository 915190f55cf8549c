import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const run = promisify(execFile)
const startTimeoutMs = 15_000

/** A keychain of one's own: a D-Bus session with gnome-keyring on it, unlocked, in a temporary folder. */
export interface SecretService {
  /** What a program needs in its environment to find this keychain and no other. */
  readonly env: Readonly<Record<string, string>>
  readonly keyringPid: number
  stop(): Promise<void>
}

/**
 * Starts a real Secret Service without a desktop and apart from the user's own.
 *
 * @throws Error that says what to install where dbus-daemon or gnome-keyring-daemon is missing.
 */
export async function startSecretService(): Promise<SecretService> {
  const folder = await mkdtemp(join(tmpdir(), 'minato-keychain-'))
  const bus = spawn(
    'dbus-daemon',
    ['--session', '--nofork', '--nopidfile', '--print-address=1', `--address=unix:dir=${folder}`],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  try {
    const address = await readFirstLine(bus, 'dbus-daemon')
    const env = { DBUS_SESSION_BUS_ADDRESS: address, ...(await makeFolders(folder)) }
    const keyring = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets', '--foreground'], {
      env: { PATH: process.env.PATH, HOME: folder, ...env },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    // An empty password would create no keyring.
    keyring.stdin.end('practice')
    const keyringPid = keyring.pid
    if (keyringPid === undefined) throw missing('gnome-keyring-daemon')
    await waitForOwner(address, keyring)
    return {
      env,
      keyringPid,
      async stop() {
        await end(keyring)
        await end(bus)
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (thrown) {
    await end(bus)
    await rm(folder, { recursive: true, force: true })
    throw thrown
  }
}

async function makeFolders(folder: string): Promise<Record<string, string>> {
  const names = ['XDG_RUNTIME_DIR', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME']
  const entries = names.map((name): [string, string] => [name, join(folder, name.toLowerCase())])
  for (const [, path] of entries) await mkdir(path, { mode: 0o700 })
  return Object.fromEntries(entries)
}

function readFirstLine(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', () => reject(missing(name)))
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it was ready`)))
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve)
  })
}

/**
 * Resolves when the keyring owns its name. Asks the bus, not the name: calling the name could start a second, locked
 * daemon beside the first.
 */
async function waitForOwner(address: string, keyring: ChildProcess): Promise<void> {
  const failure = new Promise<never>((_, reject) => {
    keyring.once('error', () => reject(missing('gnome-keyring-daemon')))
    keyring.once('exit', (code) =>
      reject(new Error(`gnome-keyring-daemon ended with ${code} before it was ready`)),
    )
    AbortSignal.timeout(startTimeoutMs).addEventListener('abort', () =>
      reject(new Error(`gnome-keyring-daemon was not ready in ${startTimeoutMs} ms`)),
    )
  })
  failure.catch(() => {})
  for (;;) {
    const asked = run('dbus-send', [
      `--bus=${address}`,
      '--dest=org.freedesktop.DBus',
      '--print-reply=literal',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.NameHasOwner',
      'string:org.freedesktop.secrets',
    ])
    const { stdout } = await Promise.race([asked, failure])
    if (/true/.test(stdout)) return
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  // A frozen one, as some tests make it, does not hear SIGTERM.
  child.kill('SIGKILL')
  await ended
}

function missing(program: string): Error {
  return new Error(
    `${program} is missing. On Debian or Ubuntu: apt-get install gnome-keyring dbus libsecret-1-0`,
  )
}
