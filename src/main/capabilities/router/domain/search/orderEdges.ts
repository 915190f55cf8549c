import { f64, i32, u8 } from './typedArrays.ts'

/** Edges between numbered nodes, of which 0 is where the money comes from and 1 where it goes. */
export interface EdgeList {
  readonly nodeCount: number
  readonly from: Int32Array
  readonly to: Int32Array
  /** What each edge carries, comparable between edges. */
  readonly value: Float64Array
}

/**
 * Puts edges in an order in which every node is filled before it is emptied, without those that lead from or to nowhere and,
 * as only arbitrage makes cycles, without the weakest edge of each cycle.
 */
export function orderEdges(list: EdgeList): Int32Array {
  const count = list.from.length
  const isAlive = new Uint8Array(count).fill(1)
  const order = new Int32Array(count)
  for (;;) {
    const alive = dropDeadEnds(list, isAlive)
    const ordered = sortEdges(list, isAlive, order)
    if (ordered === alive) return order.subarray(0, ordered)
    isAlive[weakestOnCycle(list, isAlive, order.subarray(0, ordered))] = 0
  }
}

function dropDeadEnds(list: EdgeList, isAlive: Uint8Array): number {
  const entering = new Int32Array(list.nodeCount)
  const leaving = new Int32Array(list.nodeCount)
  for (;;) {
    entering.fill(0)
    leaving.fill(0)
    entering[0] = 1
    leaving[1] = 1
    let alive = 0
    for (let edge = 0; edge < isAlive.length; edge += 1) {
      if (u8(isAlive, edge) === 0) continue
      alive += 1
      entering[i32(list.to, edge)] = i32(entering, i32(list.to, edge)) + 1
      leaving[i32(list.from, edge)] = i32(leaving, i32(list.from, edge)) + 1
    }
    let dropped = false
    for (let edge = 0; edge < isAlive.length; edge += 1) {
      if (u8(isAlive, edge) === 0) continue
      if (i32(entering, i32(list.from, edge)) > 0 && i32(leaving, i32(list.to, edge)) > 0) continue
      isAlive[edge] = 0
      dropped = true
    }
    if (!dropped) return alive
  }
}

/** Kahn's algorithm; returns how many edges came into order. */
function sortEdges(list: EdgeList, isAlive: Uint8Array, order: Int32Array): number {
  const waiting = new Int32Array(list.nodeCount)
  const first = new Int32Array(list.nodeCount + 1)
  for (let edge = 0; edge < isAlive.length; edge += 1) {
    if (u8(isAlive, edge) === 0) continue
    waiting[i32(list.to, edge)] = i32(waiting, i32(list.to, edge)) + 1
    first[i32(list.from, edge) + 1] = i32(first, i32(list.from, edge) + 1) + 1
  }
  for (let node = 0; node < list.nodeCount; node += 1)
    first[node + 1] = i32(first, node + 1) + i32(first, node)
  const byFrom = new Int32Array(i32(first, list.nodeCount))
  const next = first.slice()
  for (let edge = 0; edge < isAlive.length; edge += 1) {
    if (u8(isAlive, edge) === 0) continue
    const from = i32(list.from, edge)
    byFrom[i32(next, from)] = edge
    next[from] = i32(next, from) + 1
  }
  const ready = i32(waiting, 0) === 0 ? [0] : []
  let count = 0
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (let at = i32(first, node); at < i32(first, node + 1); at += 1) {
      const edge = i32(byFrom, at)
      order[count] = edge
      count += 1
      const to = i32(list.to, edge)
      waiting[to] = i32(waiting, to) - 1
      if (i32(waiting, to) === 0) ready.push(to)
    }
  }
  return count
}

function weakestOnCycle(list: EdgeList, isAlive: Uint8Array, ordered: Int32Array): number {
  const isDone = new Set(ordered)
  const rest = [...isAlive.keys()].filter((edge) => u8(isAlive, edge) === 1 && !isDone.has(edge))
  // What is left lies on a cycle or behind one: walking backwards must run into it.
  const seen: number[] = []
  let current = rest[0] as number
  while (!seen.includes(current)) {
    seen.push(current)
    const from = i32(list.from, current)
    const previous = rest.find((edge) => i32(list.to, edge) === from)
    if (previous === undefined) break
    current = previous
  }
  const cycle = seen.includes(current) ? seen.slice(seen.indexOf(current)) : seen
  return cycle.reduce((least, edge) => (f64(list.value, edge) < f64(list.value, least) ? edge : least))
}
