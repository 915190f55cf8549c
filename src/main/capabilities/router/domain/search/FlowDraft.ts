import type { FlowSolver } from './FlowSolver.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, growFloats, growInts, i32 } from './typedArrays.ts'

/** A leg that carries less than this part of the value gains less than rounding by being there. */
const LEAST_SHARE = 1e-8

/**
 * Edges with the amounts that a dual solution suggests, without those that carry next to nothing. Node 0 is where the money
 * comes from and 1 where it goes. Holds its arrays between uses; only the first `count` places mean anything.
 */
export class FlowDraft {
  nodeCount = 0
  count = 0
  /** The edges' numbers in the graph. */
  edges = new Int32Array(64)
  from = new Int32Array(64)
  to = new Int32Array(64)
  lastPieces = new Int32Array(64)
  inputs = new Float64Array(64)
  outputs = new Float64Array(64)
  /** What each edge carries, comparable between edges. */
  value = new Float64Array(64)
  /** What each edge makes at the solution's prices, and what its gas costs, that of boundaries included. */
  gain = new Float64Array(64)
  cost = new Float64Array(64)
  /** What all edges together make less what their gas costs, and what the gas of boundaries costs by itself. */
  surplus = 0
  boundaryCost = 0

  /** Takes over a solution over these edges of the space's graph; `total` is the value traded. */
  fill(
    { graph, costPerGas }: SearchSpace,
    solver: FlowSolver,
    edges: readonly number[],
    total: number,
  ): void {
    if (solver.edgeCount > this.edges.length) this.#grow(solver.edgeCount)
    this.nodeCount = solver.nodeCount
    this.surplus = 0
    this.boundaryCost = 0
    let count = 0
    for (let place = 0; place < solver.tradingCount; place += 1) {
      const at = i32(solver.trading, place)
      const input = f64(solver.input, at)
      if (input === 0) continue
      const value = input * f64(solver.price, i32(solver.from, at))
      if (value < LEAST_SHARE * total) continue
      this.edges[count] = edges[at] as number
      this.from[count] = i32(solver.from, at)
      this.to[count] = i32(solver.to, at)
      this.lastPieces[count] = i32(solver.lastPiece, at)
      this.inputs[count] = input
      this.outputs[count] = f64(solver.output, at)
      this.value[count] = value
      this.gain[count] = f64(solver.output, at) * f64(solver.price, i32(solver.to, at)) - value
      const boundaries = f64(graph.tickGas, edges[at] as number) * i32(solver.piece, at) * costPerGas
      this.cost[count] = f64(solver.cost, at) + boundaries
      this.surplus += f64(this.gain, count) - f64(this.cost, count)
      this.boundaryCost += boundaries
      count += 1
    }
    this.count = count
  }

  #grow(least: number): void {
    this.edges = growInts(this.edges, least)
    this.from = growInts(this.from, least)
    this.to = growInts(this.to, least)
    this.lastPieces = growInts(this.lastPieces, least)
    this.inputs = growFloats(this.inputs, least)
    this.outputs = growFloats(this.outputs, least)
    this.value = growFloats(this.value, least)
    this.gain = growFloats(this.gain, least)
    this.cost = growFloats(this.cost, least)
  }
}
