import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { app } from '../main/app.ts'
import { refuseUnknownMembers, UnavailableError } from '../unavailable.ts'
import { describeExit } from './describeExit.ts'

type Stdio = 'inherit' | 'pipe' | 'ignore'

/** The options of `utilityProcess.fork` that are available. */
export type ForkOptions = {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly execArgv?: readonly string[]
  readonly cwd?: string
  readonly stdio?: Stdio | readonly Stdio[]
  readonly serviceName?: string
}

const running = new Set<UtilityProcess>()
process.on('exit', () => {
  for (const child of running) child.kill()
})

/** A Node process of the app's, as `utilityProcess.fork` gives it: a child that ends with its parent. */
export class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  readonly #serviceName: string
  #hasSpawned = false
  #hasExited = false

  constructor(modulePath: string, parameters: readonly string[] = [], options: ForkOptions = {}) {
    super()
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.')
    this.#serviceName = options.serviceName ?? 'Node Utility Process'
    const boot = join(import.meta.dirname, 'bootUtility.ts')
    const [, stdout, stderr] = listStdio(options.stdio)
    this.#child = spawn(
      process.execPath,
      [
        '--unhandled-rejections=warn',
        '--disable-warning=ExperimentalWarning',
        ...(options.execArgv ?? []),
        boot,
        resolve(modulePath),
        ...parameters,
      ],
      {
        cwd: options.cwd,
        env: {
          ...(options.env ?? process.env),
          ELECTRON_STAND_IN_CHROME: process.versions['chrome'],
          NODE_COMPILE_CACHE: getCompileCacheDir(),
        },
        serialization: 'advanced',
        stdio: ['ignore', stdout, stderr, 'ipc'],
      },
    )
    running.add(this)
    this.#child.on('spawn', () => {
      this.#hasSpawned = true
      this.emit('spawn')
    })
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.on('error', (error) => this.emit('error', 'FatalError', '', error.message))
    this.#child.on('exit', (code, signal) => this.#onExit(code, signal))
  }

  get pid(): number | undefined {
    return this.#hasSpawned && !this.#hasExited ? this.#child.pid : undefined
  }

  get stdout(): Readable | null {
    return this.#child.stdout
  }

  get stderr(): Readable | null {
    return this.#child.stderr
  }

  /** Sends a structured clone; throws DataCloneError for what cannot be cloned. */
  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new UnavailableError('the transfer of ports to a utility process')
    if (this.#hasExited) return
    // Cloned here as well: Node's channel would drop functions silently and carry Buffers as Buffers.
    this.#child.send(structuredClone(message) as never, () => {})
  }

  kill(): boolean {
    return !this.#hasExited && this.#child.kill()
  }

  #onExit(code: number | null, signal: NodeJS.Signals | null): void {
    this.#hasExited = true
    running.delete(this)
    const { exitCode, reason } = describeExit(code, signal)
    if (reason !== 'clean-exit') {
      const details = {
        type: 'Utility',
        reason,
        exitCode,
        serviceName: 'node.mojom.NodeService',
        name: this.#serviceName,
      }
      app.emit('child-process-gone', {}, details)
    }
    this.emit('exit', exitCode)
  }
}

refuseUnknownMembers(UtilityProcess, 'utilityProcess')

function listStdio(stdio: ForkOptions['stdio'] = 'inherit'): readonly [Stdio, Stdio, Stdio] {
  if (typeof stdio === 'string') return [stdio, stdio, stdio]
  const [stdin = 'ignore', stdout = 'inherit', stderr = 'inherit'] = stdio
  return [stdin, stdout, stderr]
}
