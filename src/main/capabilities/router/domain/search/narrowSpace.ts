import type { Flow } from './Flow.ts'
import { takeEdges } from './PoolGraph.ts'
import type { Room } from './Room.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

/** A part of a space as a space of its own, and flows as either of the two knows them. */
export interface NarrowSpace {
  readonly space: SearchSpace
  toNarrow(flow: Flow): Flow
  toWhole(flow: Flow): Flow
}

/** Edges that a better flow may use. */
export interface PossibleEdges {
  readonly isPossible: Uint8Array
  readonly count: number
}

/**
 * The edges that a flow may use which is better than a known one.
 *
 * `losses` tells by edge what its use takes off a bound: its gas, as far as it does not earn that at the bound's prices. Money that
 * uses an edge also comes to it and goes on from it, so the least losses of its way from source to sink are to be within the gap
 * between bound and known flow; with gas that leaves a few edges of hundreds.
 */
export class LosingWays {
  readonly #space: SearchSpace
  readonly #losses: Float64Array
  /** The least that money loses on its way from the source to each node, and from each node to the sink. */
  readonly #before: Float64Array
  readonly #after: Float64Array

  /** Ways that lose more than `most` are not looked at. */
  constructor(space: SearchSpace, losses: Float64Array, most: number) {
    this.#space = space
    this.#losses = losses
    this.#before = this.#walk(most, true)
    this.#after = this.#walk(most, false, this.#before)
  }

  /** Flags what lies on a way within the gap, which is no greater than what was looked at. */
  within(gap: number): PossibleEdges {
    const { graph, room, isUsable } = this.#space
    const { firstEdge, edgeTo } = graph
    const losses = this.#losses
    const after = this.#after
    const isPossible = room.bytes(graph.edgeCount)
    let count = 0
    for (let node = 0; node < graph.nodeCount; node += 1) {
      const left = gap - f64(this.#before, node)
      if (left < 0) continue
      const end = i32(firstEdge, node + 1)
      for (let edge = i32(firstEdge, node); edge < end; edge += 1) {
        if (f64(losses, edge) + f64(after, i32(edgeTo, edge)) > left || u8(isUsable, edge) === 0) continue
        isPossible[edge] = 1
        count += 1
      }
    }
    return { isPossible, count }
  }

  /** From the source on, or from the sink back to what can be reached with so little lost `before` that both are within `most`. */
  #walk(most: number, forward: boolean, before?: Float64Array): Float64Array {
    const { graph, room, isUsable, source, sink } = this.#space
    const losses = this.#losses
    const least = room.floats(graph.nodeCount, Number.POSITIVE_INFINITY)
    const start = forward ? source : sink
    const first = forward ? graph.firstEdge : graph.firstEntering
    const far = forward ? graph.edgeTo : graph.enteringFrom
    const entering = forward ? undefined : graph.entering
    least[start] = 0
    // Grows while it is walked: a node whose loss falls is looked at again.
    const changed = [start]
    for (let next = 0; next < changed.length; next += 1) {
      const node = changed[next] as number
      const lost = f64(least, node)
      const end = i32(first, node + 1)
      for (let at = i32(first, node); at < end; at += 1) {
        const reached = i32(far, at)
        const known = f64(least, reached)
        if (known <= lost) continue
        const edge = entering === undefined ? at : i32(entering, at)
        const loss = lost + f64(losses, edge)
        const lostBefore = before === undefined ? 0 : f64(before, reached)
        if (loss + lostBefore > most || loss >= known || u8(isUsable, edge) === 0) continue
        least[reached] = loss
        changed.push(reached)
      }
    }
    return least
  }
}

function listFlagged(room: Room, flags: Uint8Array): Int32Array {
  const places = room.ints(flags.length)
  let count = 0
  for (let at = 0; at < flags.length; at += 1) {
    if (u8(flags, at) === 0) continue
    places[count] = at
    count += 1
  }
  return places.subarray(0, count)
}

/** The space of these edges alone, with nodes and edges numbered anew in the order that they had. */
export function narrowSpace(space: SearchSpace, isKept: Uint8Array): NarrowSpace {
  const { graph, room } = space
  const edges = listFlagged(room, isKept)
  const isNodeKept = room.bytes(graph.nodeCount)
  isNodeKept[space.source] = 1
  isNodeKept[space.sink] = 1
  for (let at = 0; at < edges.length; at += 1) {
    isNodeKept[i32(graph.edgeFrom, i32(edges, at))] = 1
    isNodeKept[i32(graph.edgeTo, i32(edges, at))] = 1
  }
  const nodeOf = room.ints(graph.nodeCount)
  let nodeCount = 0
  const numberOf = room.ints(graph.nodeCount, -1)
  for (let node = 0; node < graph.nodeCount; node += 1) {
    if (u8(isNodeKept, node) === 0) continue
    numberOf[node] = nodeCount
    nodeOf[nodeCount] = node
    nodeCount += 1
  }
  return {
    space: {
      ...space,
      graph: takeEdges(graph, room, edges, nodeCount, numberOf),
      source: i32(numberOf, space.source),
      sink: i32(numberOf, space.sink),
      edges: countUp(room.ints(edges.length)),
      isUsable: room.bytes(edges.length, 1),
      hopsFromSource: pick(space.hopsFromSource, nodeOf, room.bytes(nodeCount)),
      hopsToSink: pick(space.hopsToSink, nodeOf, room.bytes(nodeCount)),
    },
    toNarrow: (flow) => ({
      ...flow,
      edges: flow.edges.map((edge) => edges.indexOf(edge)),
      prices: pick(flow.prices, nodeOf, room.floats(nodeCount)),
    }),
    toWhole: (flow) => {
      const prices = room.floats(graph.nodeCount, Number.NaN)
      for (let node = 0; node < nodeCount; node += 1) prices[i32(nodeOf, node)] = f64(flow.prices, node)
      return { ...flow, edges: flow.edges.map((edge) => i32(edges, edge)), prices }
    },
  }
}

function countUp(places: Int32Array): Int32Array {
  for (let at = 0; at < places.length; at += 1) places[at] = at
  return places
}

/** The values at these places, written to `picked` up to its length. */
function pick<T extends Uint8Array | Float64Array>(values: T, places: Int32Array, picked: T): T {
  for (let at = 0; at < picked.length; at += 1) picked[at] = values[i32(places, at)] as number
  return picked
}
