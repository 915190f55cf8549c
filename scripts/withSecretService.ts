/**
 * Runs a command with a Secret Service of its own, for machines without a desktop and for tests that must not touch the
 * real keychain:
 *
 *   node scripts/withSecretService.ts <command> [arguments…]
 *
 * gnome-keyring on a private D-Bus, in fresh folders; both end with the command.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A private Secret Service and what can happen to one. */
export interface SecretService {
  /** For the processes that are to use it. */
  readonly environment: NodeJS.ProcessEnv
  /** The part of it that a client needs to find this service and no other. */
  readonly clientEnvironment: Readonly<Record<string, string>>
  /** Starts the daemon; another password than the keyring's leaves the keyring locked. */
  start(password?: string): Promise<void>
  /** Ends the daemon: there is no Secret Service then. */
  stop(): Promise<void>
  /** Locks the keyring of a running daemon. */
  lock(): Promise<void>
  freeze(): void
  thaw(): void
  /** Deletes the keyring files; the daemon must be stopped. */
  wipe(): Promise<void>
  /** Ends everything and removes its folders. */
  dispose(): Promise<void>
}

const installHint =
  'A Secret Service is needed for this. On Debian and Ubuntu: ' +
  'apt-get install -y --no-install-recommends gnome-keyring dbus libsecret-1-0'

/** Starting and answering take well under a second; this is for a machine that is busy with other things. */
const patienceMs = 20_000

/** No service folders: nothing but `start` may bring up a daemon, least of all a second one. */
const busConfiguration = (folder: string) => `<busconfig>
  <type>session</type>
  <listen>unix:dir=${folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

/** One that runs, unlocked. @throws Error that says what to install where a tool is missing. */
export async function startSecretService(): Promise<SecretService> {
  const service = await createSecretService()
  try {
    await service.start()
    return service
  } catch (thrown) {
    await service.dispose()
    throw thrown
  }
}

/** @throws Error that says what to install where a tool is missing. */
export async function createSecretService(): Promise<SecretService> {
  const folder = await mkdtemp(join(tmpdir(), 'minato-keyring-'))
  await chmod(folder, 0o700)
  const folders = Object.fromEntries(
    ['XDG_RUNTIME_DIR', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'HOME'].map((name) => [
      name,
      join(folder, name.toLowerCase()),
    ]),
  )
  for (const path of Object.values(folders)) await mkdir(path, { mode: 0o700 })
  const busConfigurationFile = join(folder, 'bus.conf')
  await writeFile(busConfigurationFile, busConfiguration(folder))

  const bus = spawnTool(
    'dbus-daemon',
    ['--nofork', '--print-address', `--config-file=${busConfigurationFile}`],
    {
      PATH: process.env.PATH,
      ...folders,
    },
  )
  const address = await firstLine(bus)
  const clientEnvironment = {
    DBUS_SESSION_BUS_ADDRESS: address,
    XDG_RUNTIME_DIR: folders.XDG_RUNTIME_DIR ?? folder,
  }
  const environment = { PATH: process.env.PATH, ...folders, ...clientEnvironment }
  let daemon: ChildProcess | undefined

  const callBus = (destination: string, path: string, method: string, ...parameters: string[]) =>
    run(
      'dbus-send',
      ['--session', '--print-reply=literal', `--dest=${destination}`, path, method, ...parameters],
      { env: environment, timeout: patienceMs },
    )

  async function isServed(): Promise<boolean> {
    // Asking the bus, not the service: the service must not be started by the question.
    const { stdout } = await callBus(
      'org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.NameHasOwner',
      'string:org.freedesktop.secrets',
    )
    return stdout.includes('true')
  }

  async function waitUntilServed(expected: boolean): Promise<void> {
    const deadline = Date.now() + patienceMs
    while ((await isServed()) !== expected) {
      if (Date.now() > deadline) throw new Error(`The Secret Service is not ${expected ? 'up' : 'down'}.`)
      await sleep(20)
    }
  }

  async function stop(): Promise<void> {
    if (!daemon) return
    const ending = once(daemon, 'exit')
    daemon.kill('SIGCONT')
    daemon.kill('SIGTERM')
    daemon = undefined
    await ending
    await waitUntilServed(false)
  }

  return {
    environment,
    clientEnvironment,
    async start(password = 'keyring password') {
      daemon = spawnTool(
        'gnome-keyring-daemon',
        ['--foreground', '--unlock', '--components=secrets'],
        environment,
      )
      daemon.stdin?.end(password)
      const failed = failure(daemon)
      await Promise.race([waitUntilServed(true), failed])
      // Its end, later, is wanted.
      failed.catch(() => {})
    },
    stop,
    async lock() {
      await callBus(
        'org.freedesktop.secrets',
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.Lock',
        'array:objpath:/org/freedesktop/secrets/collection/login',
      )
    },
    freeze: () => void daemon?.kill('SIGSTOP'),
    thaw: () => void daemon?.kill('SIGCONT'),
    wipe: () => rm(join(folders.XDG_DATA_HOME ?? folder, 'keyrings'), { recursive: true, force: true }),
    async dispose() {
      await stop()
      const ending = once(bus, 'exit')
      bus.kill('SIGTERM')
      await ending
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function spawnTool(command: string, parameters: string[], environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(command, parameters, { env: environment, stdio: ['pipe', 'pipe', 'ignore'] })
}

async function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const end = output.indexOf('\n')
      if (end >= 0) resolve(output.slice(0, end))
    })
    failure(child).catch(reject)
  })
}

/** Rejects when the tool is not there, or ends. */
function failure(child: ChildProcess): Promise<never> {
  return new Promise((_resolve, reject) => {
    child.once('error', (error) => reject(new Error(installHint, { cause: error })))
    child.once('exit', () => reject(new Error(`${child.spawnfile} ended. ${installHint}`)))
  })
}

async function main([command, ...parameters]: string[]): Promise<number> {
  if (!command) throw new Error('Which command? node scripts/withSecretService.ts <command> [arguments…]')
  const service = await startSecretService()
  try {
    const child = spawn(command, parameters, {
      stdio: 'inherit',
      env: { ...process.env, ...service.clientEnvironment },
    })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
    const [code, signal] = await once(child, 'exit')
    return code ?? 128 + (constants.signals[signal as NodeJS.Signals] ?? 0)
  } finally {
    await service.dispose()
  }
}

if (import.meta.main) {
  try {
    process.exitCode = await main(process.argv.slice(2))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
