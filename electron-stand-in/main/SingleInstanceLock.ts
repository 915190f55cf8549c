import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, unlinkSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { INSTANCE_GONE, INSTANCE_NOTIFIED } from './instanceAnswers.ts'

/** What a second start tells the first. */
export type SecondInstance = {
  readonly argv: string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

/**
 * One running app per user data folder, across processes. The lock is a listening socket: the system frees it when its
 * process dies, however it dies, so it cannot go stale.
 */
export class SingleInstanceLock {
  #server: Server | undefined

  get isHeld(): boolean {
    return this.#server !== undefined
  }

  /** Takes the folder's lock; when another process holds it, tells that process about this start and gives false. */
  acquire(folder: string, me: SecondInstance, onSecondInstance: (instance: SecondInstance) => void): boolean {
    if (this.#server !== undefined) return true
    const address = addressOf(folder)
    this.#server = listen(address, onSecondInstance)
    if (this.#server !== undefined) return true
    if (notify(address, me)) return false
    // A file left by a killed process (only macOS keeps the socket in a file): nobody answers there.
    if (process.platform === 'darwin') unlinkSync(address)
    this.#server = listen(address, onSecondInstance)
    return this.#server !== undefined
  }

  release(): void {
    this.#server?.close()
    this.#server = undefined
  }
}

function addressOf(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const path = realpathSync(folder)
  const name = `electron-stand-in-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`
  if (process.platform === 'linux') return `\0${name}-${process.getuid?.()}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return join(path, 'single-instance.sock')
}

function listen(address: string, onSecondInstance: (instance: SecondInstance) => void): Server | undefined {
  const server = createServer((socket) => receive(socket, onSecondInstance))
  server.on('error', () => {})
  server.listen(address)
  // Binding a local socket happens within listen(): whether it is ours is known at once, as the API requires.
  if (!server.listening) return undefined
  server.unref()
  return server
}

function receive(socket: Socket, onSecondInstance: (instance: SecondInstance) => void): void {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    text += chunk
    if (!text.endsWith('\0')) return
    const instance = JSON.parse(text.slice(0, -1)) as SecondInstance
    socket.end(INSTANCE_NOTIFIED)
    onSecondInstance(instance)
  })
}

function notify(address: string, me: SecondInstance): boolean {
  // In a process of its own: requestSingleInstanceLock is synchronous, and its caller usually exits right after.
  const script = join(import.meta.dirname, 'notifyInstance.ts')
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, address.replace('\0', '@')],
    {
      input: JSON.stringify({ ...me, additionalData: me.additionalData ?? null }),
    },
  )
  if (status === 0) return true
  if (status === INSTANCE_GONE) return false
  throw new Error(`electron stand-in: the running instance did not answer: ${stderr}`)
}
