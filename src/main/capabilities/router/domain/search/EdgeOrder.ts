import type { FlowDraft } from './FlowDraft.ts'
import { f64, growInts, i32 } from './typedArrays.ts'

/**
 * Puts a draft's edges in an order in which every node is filled before it is emptied, without those that lead from or to
 * nowhere and, as only arbitrage makes cycles, without the weakest edge of each cycle. Holds its arrays between uses.
 */
export class EdgeOrder {
  /** Places in the draft; the first `count` of them. */
  order = new Int32Array(64)
  count = 0
  #isAlive = new Int32Array(64)
  #byFrom = new Int32Array(64)
  #entering = new Int32Array(32)
  #leaving = new Int32Array(32)
  #first = new Int32Array(33)
  #next = new Int32Array(33)
  #ready = new Int32Array(32)

  sort(draft: FlowDraft): void {
    if (draft.count > this.order.length) {
      this.order = growInts(this.order, draft.count)
      this.#isAlive = growInts(this.#isAlive, draft.count)
      this.#byFrom = growInts(this.#byFrom, draft.count)
    }
    if (draft.nodeCount > this.#ready.length) {
      this.#entering = growInts(this.#entering, draft.nodeCount)
      this.#leaving = growInts(this.#leaving, draft.nodeCount)
      this.#ready = growInts(this.#ready, draft.nodeCount)
      this.#first = growInts(this.#first, draft.nodeCount + 1)
      this.#next = growInts(this.#next, draft.nodeCount + 1)
    }
    this.#isAlive.fill(1, 0, draft.count)
    for (;;) {
      const alive = this.#dropDeadEnds(draft)
      this.#sortAlive(draft)
      if (this.count === alive) return
      this.#isAlive[this.#weakestOnCycle(draft)] = 0
    }
  }

  #dropDeadEnds({ count, nodeCount, from, to }: FlowDraft): number {
    const entering = this.#entering
    const leaving = this.#leaving
    const isAlive = this.#isAlive
    for (;;) {
      entering.fill(0, 0, nodeCount)
      leaving.fill(0, 0, nodeCount)
      entering[0] = 1
      leaving[1] = 1
      let alive = 0
      for (let at = 0; at < count; at += 1) {
        if (i32(isAlive, at) === 0) continue
        alive += 1
        entering[i32(to, at)] = i32(entering, i32(to, at)) + 1
        leaving[i32(from, at)] = i32(leaving, i32(from, at)) + 1
      }
      let dropped = false
      for (let at = 0; at < count; at += 1) {
        if (i32(isAlive, at) === 0) continue
        if (i32(entering, i32(from, at)) > 0 && i32(leaving, i32(to, at)) > 0) continue
        isAlive[at] = 0
        dropped = true
      }
      if (!dropped) return alive
    }
  }

  /** Kahn's algorithm; `count` then is how many edges came into order. */
  #sortAlive({ count, nodeCount, from, to }: FlowDraft): void {
    const waiting = this.#entering
    const first = this.#first
    const next = this.#next
    waiting.fill(0, 0, nodeCount)
    first.fill(0, 0, nodeCount + 1)
    for (let at = 0; at < count; at += 1) {
      if (i32(this.#isAlive, at) === 0) continue
      waiting[i32(to, at)] = i32(waiting, i32(to, at)) + 1
      first[i32(from, at) + 1] = i32(first, i32(from, at) + 1) + 1
    }
    for (let node = 0; node < nodeCount; node += 1) {
      next[node] = i32(first, node)
      first[node + 1] = i32(first, node + 1) + i32(first, node)
    }
    for (let at = 0; at < count; at += 1) {
      if (i32(this.#isAlive, at) === 0) continue
      const node = i32(from, at)
      this.#byFrom[i32(next, node)] = at
      next[node] = i32(next, node) + 1
    }
    const ready = this.#ready
    let waitingNodes = 0
    if (i32(waiting, 0) === 0) {
      ready[0] = 0
      waitingNodes = 1
    }
    this.count = 0
    while (waitingNodes > 0) {
      waitingNodes -= 1
      const node = i32(ready, waitingNodes)
      for (let at = i32(first, node); at < i32(first, node + 1); at += 1) {
        const edge = i32(this.#byFrom, at)
        this.order[this.count] = edge
        this.count += 1
        const end = i32(to, edge)
        waiting[end] = i32(waiting, end) - 1
        if (i32(waiting, end) > 0) continue
        ready[waitingNodes] = end
        waitingNodes += 1
      }
    }
  }

  #weakestOnCycle({ count, from, to, value }: FlowDraft): number {
    const isDone = new Set(this.order.subarray(0, this.count))
    const rest: number[] = []
    for (let at = 0; at < count; at += 1) if (i32(this.#isAlive, at) === 1 && !isDone.has(at)) rest.push(at)
    // What is left lies on a cycle or behind one: walking backwards must run into it.
    const seen: number[] = []
    let current = rest[0] as number
    while (!seen.includes(current)) {
      seen.push(current)
      const start = i32(from, current)
      const previous = rest.find((edge) => i32(to, edge) === start)
      if (previous === undefined) break
      current = previous
    }
    const cycle = seen.includes(current) ? seen.slice(seen.indexOf(current)) : seen
    return cycle.reduce((least, edge) => (f64(value, edge) < f64(value, least) ? edge : least))
  }
}
