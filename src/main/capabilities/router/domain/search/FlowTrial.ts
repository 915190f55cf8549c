import type { SwapCurve } from '../pools/SwapCurve.ts'
import type { Flow } from './Flow.ts'
import { FlowSolver } from './FlowSolver.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { type FlowDraft, settleFlow } from './settleFlow.ts'
import { f64, i32 } from './typedArrays.ts'

/** A leg that carries less than this part of the value gains less than rounding by being there. */
const LEAST_SHARE = 1e-8
/** What a trial costs besides its solution, in evaluations of an edge. */
const WORK_OF_A_TRIAL = 200

/** Tries sets of edges: the optimal split over each, carried out and priced with its gas. */
export class FlowTrial {
  readonly space: SearchSpace
  /** Edges evaluated so far; the search limits itself by it, so that its result depends on no clock. */
  work = 0
  readonly #solver = new FlowSolver()
  readonly #localOf: Int32Array
  readonly #nodes: number[] = []

  constructor(space: SearchSpace) {
    this.space = space
    this.#localOf = new Int32Array(space.graph.nodeCount).fill(-1)
  }

  /**
   * The best flow over these edges, or undefined where they cannot carry the amount or would need longer routes than
   * allowed. Prices near the solution, as of a similar set, make it fast.
   */
  run(
    edges: readonly number[],
    prices: ReadonlyMap<number, number>,
    options: { lastPieces?: readonly number[]; tolerance?: number } = {},
  ): Flow | undefined {
    if (!this.solve(edges, prices, options)) return undefined
    return this.settle(edges)
  }

  /** The dual solution alone; its prices are then in `price`. */
  solve(
    edges: readonly number[],
    prices: ReadonlyMap<number, number>,
    { lastPieces, tolerance = 1e-9 }: { lastPieces?: readonly number[]; tolerance?: number } = {},
  ): boolean {
    const { space } = this
    const { graph } = space
    const solver = this.#solver
    for (const node of this.#nodes) this.#localOf[node] = -1
    this.#nodes.length = 0
    solver.clear()
    this.#local(space.source, prices)
    this.#local(space.sink, prices)
    for (const [at, edge] of edges.entries()) {
      const from = this.#local(i32(graph.edgeFrom, edge), prices)
      const to = this.#local(i32(graph.edgeTo, edge), prices)
      const lastPiece = lastPieces?.[at] ?? Number.MAX_SAFE_INTEGER
      solver.addEdge(from, to, graph.curves[edge] as SwapCurve, Math.min(lastPiece, 0x7fffffff))
    }
    this.#priceUnknown()
    const solved = solver.solve(0, 1, space.amount, space.exactIn, tolerance)
    this.work += WORK_OF_A_TRIAL + solver.evaluations * edges.length
    return solved
  }

  /** The solved logarithm of a node's price, or undefined where the node had no part. */
  price(node: number): number | undefined {
    const local = i32(this.#localOf, node)
    return local < 0 ? undefined : f64(this.#solver.logPrice, local)
  }

  prices(): Map<number, number> {
    return new Map(this.#nodes.map((node, local) => [node, f64(this.#solver.logPrice, local)]))
  }

  /** Carries out the last solution over the edges that it was solved for. */
  settle(edges: readonly number[]): Flow | undefined {
    const { space } = this
    const settled = settleFlow(space, this.draft(edges))
    if (settled === undefined || settled.hops > space.hopLimit || repeatsPool(space, settled.edges))
      return undefined
    const cost = settled.gas * space.costPerGas
    const net = space.exactIn ? settled.amount - cost : -settled.amount - cost
    return { ...settled, net, prices: this.prices() }
  }

  /** The amounts of the last solution, without the edges that carry next to nothing. */
  draft(edges: readonly number[]): FlowDraft {
    const { space } = this
    const solver = this.#solver
    const total = Math.exp(f64(solver.logPrice, space.exactIn ? 0 : 1)) * space.amount
    const kept: number[] = []
    for (let at = 0; at < edges.length; at += 1) {
      const value = f64(solver.input, at) * Math.exp(f64(solver.logPrice, i32(solver.from, at)))
      if (value >= LEAST_SHARE * total) kept.push(at)
    }
    return {
      nodeCount: solver.nodeCount,
      edges: Int32Array.from(kept, (at) => edges[at] as number),
      from: Int32Array.from(kept, (at) => i32(solver.from, at)),
      to: Int32Array.from(kept, (at) => i32(solver.to, at)),
      lastPieces: Int32Array.from(kept, (at) => i32(solver.lastPiece, at)),
      inputs: Float64Array.from(kept, (at) => f64(solver.input, at)),
      outputs: Float64Array.from(kept, (at) => f64(solver.output, at)),
      value: Float64Array.from(
        kept,
        (at) => f64(solver.input, at) * Math.exp(f64(solver.logPrice, i32(solver.from, at))),
      ),
    }
  }

  #local(node: number, prices: ReadonlyMap<number, number>): number {
    const known = i32(this.#localOf, node)
    if (known >= 0) return known
    const local = this.#solver.addNode(prices.get(node) ?? Number.NaN)
    this.#localOf[node] = local
    this.#nodes.push(node)
    return local
  }

  /** Starts a node of unknown price at its best onward sale, where it just begins to trade. */
  #priceUnknown(): void {
    const solver = this.#solver
    const logPrice = solver.logPrice
    for (let round = 0; round < this.space.reach; round += 1) {
      let missing = false
      for (let edge = 0; edge < solver.edgeCount; edge += 1) {
        const from = i32(solver.from, edge)
        const sale = f64(solver.logRate, edge) + f64(logPrice, i32(solver.to, edge))
        if (!Number.isNaN(f64(logPrice, from)) || Number.isNaN(sale)) continue
        logPrice[from] = sale
        missing = true
      }
      if (!missing) break
    }
    for (let node = 0; node < solver.nodeCount; node += 1) {
      if (Number.isNaN(f64(logPrice, node))) logPrice[node] = 0
    }
  }
}

function repeatsPool({ graph }: SearchSpace, edges: readonly number[]): boolean {
  const pools = new Set(edges.map((edge) => i32(graph.edgePool, edge)))
  return pools.size < edges.length
}
