import type { Readable, Writable } from 'node:stream'
import { CdpSession } from './CdpSession.ts'
import type { Command, Protocol } from './protocol.ts'

type Pending = {
  readonly command: string
  readonly resolve: (result: never) => void
  readonly reject: (error: Error) => void
}

type Incoming = {
  id?: number
  sessionId?: string
  method?: string
  params?: unknown
  result?: never
  error?: { message: string }
}

/** The DevTools protocol over Chromium's debugging pipe: zero-terminated JSON on two file descriptors. */
export class CdpConnection {
  readonly browser: CdpSession
  readonly #output: Writable
  readonly #sessions = new Map<string, CdpSession>()
  readonly #pending = new Map<number, Pending>()
  #lastId = 0
  #closed = false
  #partial: Buffer[] = []

  constructor(output: Writable, input: Readable) {
    this.#output = output
    this.browser = this.#createSession(undefined)
    output.on('error', () => this.close())
    input.on('error', () => this.close())
    input.on('data', (chunk: Buffer) => this.#read(chunk))
    input.on('close', () => this.close())
  }

  /** The session of a target that Chromium announced as attached. */
  attach(sessionId: string): CdpSession {
    const session = this.#createSession(sessionId)
    this.#sessions.set(sessionId, session)
    return session
  }

  detach(sessionId: string): void {
    this.#sessions.delete(sessionId)
  }

  /** Rejects whatever still waits for an answer; Chromium itself quits when its pipe closes. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#output.destroy()
    for (const { command, reject } of this.#pending.values())
      reject(new Error(`${command}: Chromium has gone`))
    this.#pending.clear()
  }

  #createSession(sessionId: string | undefined): CdpSession {
    return new CdpSession((command, parameters) => this.#send(command, parameters, sessionId))
  }

  #send<C extends Command>(
    command: C,
    parameters: Protocol.CommandParameters[C] | undefined,
    sessionId: string | undefined,
  ): Promise<Protocol.CommandReturnValues[C]> {
    if (this.#closed) return Promise.reject(new Error(`${command}: Chromium has gone`))
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { command, resolve, reject })
      this.#output.write(`${JSON.stringify({ id, method: command, params: parameters ?? {}, sessionId })}\0`)
    })
  }

  #read(chunk: Buffer): void {
    let start = 0
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      const message = Buffer.concat([...this.#partial, chunk.subarray(start, end)]).toString('utf8')
      this.#partial = []
      start = end + 1
      this.#receive(JSON.parse(message))
    }
    if (start < chunk.length) this.#partial.push(chunk.subarray(start))
  }

  #receive(message: Incoming): void {
    if (message.id !== undefined) {
      const pending = this.#pending.get(message.id)
      this.#pending.delete(message.id)
      if (pending === undefined) return
      if (message.error !== undefined)
        pending.reject(new Error(`${pending.command}: ${message.error.message}`))
      else pending.resolve(message.result as never)
      return
    }
    const session = message.sessionId === undefined ? this.browser : this.#sessions.get(message.sessionId)
    session?.dispatch(message.method ?? '', message.params)
  }
}
