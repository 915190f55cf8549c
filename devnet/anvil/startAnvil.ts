import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { findAnvilBinary } from './findAnvilBinary.ts'
import { watchParent } from './watchParent.ts'

const START_TIMEOUT_MS = 30_000
const STOP_TIMEOUT_MS = 10_000

/** A running anvil: its port on the loopback interface, and a way to end it surely. */
export interface AnvilProcess {
  port: number
  /** Ends the process with SIGTERM, upon which `--dump-state` is written; after ten seconds with SIGKILL. */
  stop(): Promise<void>
}

/** Starts anvil with the given parameters and resolves when it listens. Port 0 takes a free one. */
export async function startAnvil(port: number, parameters: string[]): Promise<AnvilProcess> {
  const child = spawn(
    findAnvilBinary().path,
    [
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--hardfork',
      'prague',
      '--chain-id',
      '31337',
      ...parameters,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1', RUST_LOG: 'error' } },
  )
  const pid = child.pid
  // Without a process id the spawn has failed, which the wait below reports with its cause.
  const dismissWatcher = pid === undefined ? () => {} : watchParent(pid)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const listeningPort = await readListeningPort(child).catch((error: unknown) => {
    dismissWatcher()
    throw error
  })
  let stopping: Promise<void> | undefined
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      await ended
      clearTimeout(timer)
    }
    dismissWatcher()
  }
  return {
    port: listeningPort,
    stop: () => {
      stopping ??= end()
      return stopping
    },
  }
}

/** Waits for the line with the address; afterwards the output is drained, as a full pipe would stop anvil. */
function readListeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const { stdout, stderr } = child
    if (stdout === null || stderr === null) throw new Error('anvil was spawned without pipes')
    let complaint = ''
    const lines = createInterface({ input: stdout })
    const fail = (reason: string, cause?: unknown) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`anvil did not start: ${reason} ${complaint}`.trim(), { cause }))
    }
    const timer = setTimeout(() => fail(`no answer in ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS)
    const onExit = (code: number | null) => fail(`exit code ${code}`)
    child.once('error', (error) => fail('cannot be run', error))
    child.once('exit', onExit)
    stderr.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk.toString()}`.slice(-2000)
    })
    lines.on('line', (line) => {
      const match = /^Listening on .*:(\d+)$/.exec(line.trim())
      if (match === null) return
      clearTimeout(timer)
      child.removeListener('exit', onExit)
      lines.close()
      stdout.resume()
      resolve(Number(match[1]))
    })
  })
}
