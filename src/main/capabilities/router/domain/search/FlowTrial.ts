import type { Flow } from './Flow.ts'
import { FlowDraft } from './FlowDraft.ts'
import { FlowSettler } from './FlowSettler.ts'
import { FlowSolver } from './FlowSolver.ts'
import { type Addition, findAdditions } from './findAdditions.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32 } from './typedArrays.ts'
import { type WeighedLeg, weighDraft, weighLegs } from './weighLegs.ts'

/** What a trial costs besides its solution, in evaluations of an edge. */
const WORK_OF_A_TRIAL = 200
const MOST_ADDITIONS = 12
/** Part of the traded value that may be left over in any node; what it costs is its square. */
const TOLERANCE = 1e-9

export interface TrialOptions {
  /** By edge, the last piece of its curve that may be used. */
  readonly lastPieces?: readonly number[]
  readonly tolerance?: number
  /** A net amount that the flow has to exceed to be of any use: the trial ends as soon as it is certain that it does not. */
  readonly above?: number
}

/** What a solution is worth, and its legs against their gas. */
export interface SolvedLegs {
  readonly draft: FlowDraft
  readonly net: number
  readonly legs: readonly WeighedLeg[]
}

/** Arrays that one search after the other uses, as making them anew takes longer than a small search. */
interface Workspace {
  readonly solver: FlowSolver
  readonly settler: FlowSettler
  readonly draft: FlowDraft
  /** By node of the graph, its number in the solver or -1. */
  localOf: Int32Array<ArrayBuffer>
}

const idle: Workspace[] = []

function takeWorkspace(nodeCount: number): Workspace {
  const workspace = idle.pop() ?? {
    solver: new FlowSolver(),
    settler: new FlowSettler(),
    draft: new FlowDraft(),
    localOf: new Int32Array(0),
  }
  if (workspace.localOf.length < nodeCount) workspace.localOf = new Int32Array(nodeCount * 2).fill(-1)
  return workspace
}

/** Tries sets of edges: the optimal split over each, carried out and priced with its gas. */
export class FlowTrial {
  readonly space: SearchSpace
  /** Edges evaluated so far; the search limits itself by it, so that its result depends on no clock. */
  work: number
  readonly #workspace: Workspace
  readonly #solver: FlowSolver
  readonly #localOf: Int32Array
  readonly #nodes: number[] = []
  readonly #additions = new Map<Flow, readonly Addition[]>()
  #weighed: { readonly flow: Flow; readonly legs: readonly WeighedLeg[] } | undefined

  constructor(space: SearchSpace, work = 0) {
    this.space = space
    this.work = work
    this.#workspace = takeWorkspace(space.graph.nodeCount)
    this.#solver = this.#workspace.solver
    this.#localOf = this.#workspace.localOf
  }

  /** Leaves the arrays to the next search; this one is over. */
  release(): void {
    this.#forgetNodes()
    idle.push(this.#workspace)
  }

  /**
   * The best flow over these edges, or undefined where they cannot carry the amount, would need longer routes than allowed or
   * cannot exceed what they have to. Prices near the solution, as of a similar set, make it fast.
   */
  run(edges: readonly number[], prices: Float64Array, options: TrialOptions = {}): Flow | undefined {
    if (!this.solve(edges, prices, options)) return undefined
    return this.settle(edges, options.above)
  }

  /** The dual solution alone; its prices are then in `price`. */
  solve(
    edges: readonly number[],
    prices: Float64Array,
    { lastPieces, tolerance = TOLERANCE, above = Number.NEGATIVE_INFINITY }: TrialOptions = {},
  ): boolean {
    const { graph, source, sink, amount, exactIn, costPerGas, baseGas } = this.space
    const solver = this.#solver
    this.#forgetNodes()
    solver.clear()
    this.#addNode(source, prices)
    this.#addNode(sink, prices)
    for (let at = 0; at < edges.length; at += 1) {
      const edge = edges[at] as number
      this.#addNode(i32(graph.edgeFrom, edge), prices)
      this.#addNode(i32(graph.edgeTo, edge), prices)
    }
    solver.addEdges(graph, edges, this.#localOf, costPerGas, lastPieces)
    this.#priceUnknown()
    const solved = solver.solve(0, 1, amount, exactIn, tolerance, above + baseGas * costPerGas)
    this.work += WORK_OF_A_TRIAL + solver.evaluations * edges.length
    return solved
  }

  /** The solved logarithm of a node's price, or undefined where the node had no part. */
  price(node: number): number | undefined {
    const local = i32(this.#localOf, node)
    return local < 0 ? undefined : f64(this.#solver.logPrice, local)
  }

  prices(): Float64Array {
    const prices = this.space.room.floats(this.space.graph.nodeCount, Number.NaN)
    for (let local = 0; local < this.#nodes.length; local += 1) {
      prices[this.#nodes[local] as number] = f64(this.#solver.logPrice, local)
    }
    return prices
  }

  /** Carries out the last solution over the edges that it was solved for; undefined where that is not more than `above`. */
  settle(edges: readonly number[], above = Number.NEGATIVE_INFINITY): Flow | undefined {
    const { exactIn, costPerGas, hopLimit } = this.space
    const { settler } = this.#workspace
    const draft = this.draft(edges)
    if (!settler.settle(this.space, draft) || settler.hops > hopLimit) return undefined
    const { amount, gas, hops } = settler
    const net = (exactIn ? amount : -amount) - gas * costPerGas
    if (!(net > above)) return undefined
    const { order, count } = settler.order
    const used: number[] = []
    const lastPieces: number[] = []
    const shares: number[] = []
    const inputs: number[] = []
    const gains: number[] = []
    const legGas: number[] = []
    for (let step = 0; step < count; step += 1) {
      const at = i32(order, step)
      used.push(i32(draft.edges, at))
      lastPieces.push(i32(draft.lastPieces, at))
      shares.push(f64(settler.shares, step))
      inputs.push(f64(settler.inputs, step))
      gains.push(f64(draft.gain, at))
      legGas.push(f64(settler.legGas, step))
    }
    return {
      edges: used,
      lastPieces,
      shares,
      inputs,
      gains,
      legGas,
      amount,
      gas,
      hops,
      net,
      prices: this.prices(),
    }
  }

  /** The amounts of the last solution; of use until the next one. */
  draft(edges: readonly number[]): FlowDraft {
    const { draft } = this.#workspace
    draft.fill(this.space, this.#solver, edges, this.#tradedValue())
    return draft
  }

  /** What the fixed amount is worth at the prices of the last solution. */
  #tradedValue(): number {
    const { exactIn, amount } = this.space
    return f64(this.#solver.price, exactIn ? 0 : 1) * amount
  }

  /** The edges that could pay for their gas if they were added to a flow, the best first. */
  findAdditions(flow: Flow): readonly Addition[] {
    let additions = this.#additions.get(flow)
    if (additions === undefined) {
      additions = findAdditions(this.space, flow, MOST_ADDITIONS)
      this.#additions.set(flow, additions)
    }
    return additions
  }

  /** The flow's legs against their gas, the least worthwhile first. */
  weigh(flow: Flow): readonly WeighedLeg[] {
    if (this.#weighed?.flow !== flow) this.#weighed = { flow, legs: weighLegs(this.space, flow) }
    return this.#weighed.legs
  }

  /**
   * The same for the last solution, not kept as a flow: positions are places in its draft. What it nets is as its prices tell, but
   * where boundaries cost gas, which an amount may just cross or not.
   */
  weighSolved(edges: readonly number[]): SolvedLegs {
    const { exactIn, baseGas, costPerGas } = this.space
    const { settler } = this.#workspace
    const draft = this.draft(edges)
    const value = this.#tradedValue()
    let net = (exactIn ? value : -value) + draft.surplus - baseGas * costPerGas
    if (draft.boundaryCost > 0) {
      const isCarried = settler.settle(this.space, draft)
      net = isCarried ? (exactIn ? settler.amount : -settler.amount) - settler.gas * costPerGas : Number.NaN
    }
    return { draft, net, legs: weighDraft(this.space, draft) }
  }

  #forgetNodes(): void {
    for (const node of this.#nodes) this.#localOf[node] = -1
    this.#nodes.length = 0
  }

  #addNode(node: number, prices: Float64Array): void {
    if (i32(this.#localOf, node) >= 0) return
    this.#localOf[node] = this.#solver.addNode(f64(prices, node))
    this.#nodes.push(node)
  }

  /** Starts a node of unknown price at its best onward sale, where it just begins to trade. */
  #priceUnknown(): void {
    const solver = this.#solver
    const logPrice = solver.logPrice
    let unknown = 0
    for (let node = 0; node < solver.nodeCount; node += 1) {
      if (Number.isNaN(f64(logPrice, node))) unknown += 1
    }
    for (let round = 0; round < this.space.reach && unknown > 0; round += 1) {
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
    for (let node = 0; node < solver.nodeCount && unknown > 0; node += 1) {
      if (Number.isNaN(f64(logPrice, node))) logPrice[node] = 0
    }
  }
}
