interface Expiring {
  readonly expiresAtMs: number
  readonly id: string
  readonly number: number
}

/** Identifiers by the time at which they expire, the earliest first; what has ended before is left to the caller. */
export class ExpiryQueue {
  readonly #heap: Expiring[] = []

  add(entry: Expiring): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(entry)
    while (at > 0) {
      const parent = (at - 1) >>> 1
      const above = heap[parent] as Expiring
      if (!isEarlier(entry, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = entry
  }

  /** Removes and returns the earliest identifier that has expired at `nowMs`. */
  takeExpired(nowMs: number): string | undefined {
    const heap = this.#heap
    const first = heap[0]
    if (first === undefined || first.expiresAtMs > nowMs) return undefined
    const last = heap.pop() as Expiring
    if (heap.length > 0) this.#sink(last)
    return first.id
  }

  #sink(entry: Expiring): void {
    const heap = this.#heap
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isEarlier(heap[child + 1] as Expiring, heap[child] as Expiring))
        child += 1
      const below = heap[child] as Expiring
      if (!isEarlier(below, entry)) break
      heap[at] = below
      at = child
    }
    heap[at] = entry
  }
}

function isEarlier(a: Expiring, b: Expiring): boolean {
  return a.expiresAtMs !== b.expiresAtMs ? a.expiresAtMs < b.expiresAtMs : a.number < b.number
}
