import type { FlowSolver } from './FlowSolver.ts'
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

  /** Takes over a solution over these edges of the graph; `total` is the value traded. */
  fill(solver: FlowSolver, edges: readonly number[], total: number): void {
    if (solver.edgeCount > this.edges.length) this.#grow(solver.edgeCount)
    this.nodeCount = solver.nodeCount
    let count = 0
    for (let at = 0; at < solver.edgeCount; at += 1) {
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
  }
}
