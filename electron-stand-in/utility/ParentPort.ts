import { EventEmitter } from 'node:events'
import { refuseUnknownMembers, UnavailableError } from '../unavailable.ts'

/** `process.parentPort` of a utility process: keeps messages until somebody listens. */
export class ParentPort extends EventEmitter {
  readonly #transmit: (message: unknown) => void
  #waiting: unknown[] = []
  #isStarted = false

  constructor(transmit: (message: unknown) => void) {
    super()
    this.#transmit = transmit
    this.on('newListener', (name) => {
      // The listener is added right after this event.
      if (name === 'message') queueMicrotask(() => this.start())
    })
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new UnavailableError('the transfer of ports from a utility process')
    this.#transmit(structuredClone(message))
  }

  start(): void {
    this.#isStarted = true
    for (const data of this.#waiting.splice(0)) this.#deliver(data)
  }

  pause(): void {
    this.#isStarted = false
  }

  /** Stand-in internals: the parent sent this. */
  receive(data: unknown): void {
    if (this.#isStarted) this.#deliver(data)
    else this.#waiting.push(data)
  }

  #deliver(data: unknown): void {
    this.emit('message', { data, ports: [] })
  }
}

refuseUnknownMembers(ParentPort, 'process.parentPort')
