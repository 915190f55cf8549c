import { EventEmitter } from 'node:events'
import type { Command, Protocol, ProtocolEvent } from './protocol.ts'

type Transmit = <C extends Command>(
  command: C,
  parameters: Protocol.CommandParameters[C] | undefined,
) => Promise<Protocol.CommandReturnValues[C]>

/** One target's typed view of a DevTools connection. */
export class CdpSession {
  readonly #events = new EventEmitter().setMaxListeners(0)
  readonly #transmit: Transmit

  constructor(transmit: Transmit) {
    this.#transmit = transmit
  }

  /** Sends a command; rejects when Chromium refuses it or has gone. */
  send<C extends Command>(
    command: C,
    parameters?: Protocol.CommandParameters[C],
  ): Promise<Protocol.CommandReturnValues[C]> {
    return this.#transmit(command, parameters)
  }

  /** Sends a command whose failure only means that the target has gone meanwhile. */
  post<C extends Command>(command: C, parameters?: Protocol.CommandParameters[C]): void {
    this.send(command, parameters).catch(() => {})
  }

  on<E extends ProtocolEvent>(event: E, listener: (payload: Protocol.Events[E]) => void): void {
    this.#events.on(event, listener)
  }

  off<E extends ProtocolEvent>(event: E, listener: (payload: Protocol.Events[E]) => void): void {
    this.#events.off(event, listener)
  }

  /** Hands an event that arrived to this session's listeners. */
  dispatch(event: string, payload: unknown): void {
    this.#events.emit(event, payload)
  }
}
