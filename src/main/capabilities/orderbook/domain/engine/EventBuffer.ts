import type { EngineEvent } from './events.ts'

/** Collects the events of one command. Most commands have one, for which an array that grows would be mostly air. */
export class EventBuffer {
  readonly #events: EngineEvent[] = []
  #count = 0

  push(event: EngineEvent): void {
    this.#events[this.#count] = event
    this.#count += 1
  }

  /** The events since the last time, in an array of their own. */
  take(): readonly EngineEvent[] {
    const count = this.#count
    this.#count = 0
    const first = this.#events[0]
    return count === 1 && first !== undefined ? [first] : this.#events.slice(0, count)
  }
}
