import { createCurveFlow, flowAtInput, inputAt, type SwapCurve } from '../pools/SwapCurve.ts'
import { EdgeOrder } from './EdgeOrder.ts'
import type { FlowDraft } from './FlowDraft.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, growFloats, growInts, i32 } from './typedArrays.ts'

const SOURCE = 0
const SINK = 1

/**
 * Makes a draft into something that can be carried out, in floating point: orders its edges, splits every node's amount in the
 * draft's proportions and runs it through the curves. Holds its arrays between uses; results stay until the next one.
 */
export class FlowSettler {
  /** Places in the draft, in the order in which they are carried out. */
  readonly order = new EdgeOrder()
  /** By place in the order: the part of its node's amount, what goes in, and its gas. */
  shares = new Float64Array(64)
  inputs = new Float64Array(64)
  legGas = new Float64Array(64)
  /** Output for exact-in, input for exact-out. */
  amount = 0
  gas = 0
  /** Most pools that one unit of money passes through. */
  hops = 0
  readonly #flow = createCurveFlow()
  #total = new Float64Array(32)
  #held = new Float64Array(32)
  #hops = new Int32Array(32)
  /** By pool, the last settling that used it. */
  #seenIn = new Int32Array(64)
  #settling = 0

  /** @returns false where the edges that remain cannot carry the amount, or use a pool twice. */
  settle(space: SearchSpace, draft: FlowDraft): boolean {
    this.order.sort(draft)
    const { count } = this.order
    if (count === 0) return false
    this.#grow(draft)
    return !this.#repeatsPool(space, draft) && this.#carry(space, draft)
  }

  #carry({ graph, exactIn, amount: whole, baseGas }: SearchSpace, draft: FlowDraft): boolean {
    const { order, count } = this.order
    const near = exactIn ? draft.from : draft.to
    const far = exactIn ? draft.to : draft.from
    const weights = exactIn ? draft.inputs : draft.outputs
    const total = this.#total
    const held = this.#held
    total.fill(0, 0, draft.nodeCount)
    held.fill(0, 0, draft.nodeCount)
    for (let step = 0; step < count; step += 1) {
      const at = i32(order, step)
      total[i32(near, at)] = f64(total, i32(near, at)) + f64(weights, at)
    }
    held[exactIn ? SOURCE : SINK] = whole
    let gas = baseGas
    for (let step = 0; step < count; step += 1) {
      const position = exactIn ? step : count - 1 - step
      const at = i32(order, position)
      const edge = i32(draft.edges, at)
      const curve = graph.curves[edge] as SwapCurve
      const share = f64(weights, at) / f64(total, i32(near, at))
      const amount = f64(held, i32(near, at)) * share
      const input = exactIn ? amount : inputAt(curve, amount)
      if (!(input > 0)) return false
      let output = 0
      let piece = 0
      if (f64(graph.productLimit, edge) === Number.POSITIVE_INFINITY) {
        output = (f64(graph.productOut, edge) * input) / (f64(graph.productIn, edge) + input)
      } else {
        if (!flowAtInput(curve, input, this.#flow)) return false
        output = this.#flow.output
        piece = this.#flow.piece
      }
      this.shares[position] = share
      this.inputs[position] = input
      held[i32(far, at)] = f64(held, i32(far, at)) + (exactIn ? output : input)
      const legGas = f64(graph.swapGas, edge) + f64(graph.tickGas, edge) * piece
      this.legGas[position] = legGas
      gas += legGas
    }
    this.amount = f64(held, exactIn ? SINK : SOURCE)
    this.gas = gas
    this.hops = this.#longestPath(draft)
    return true
  }

  #repeatsPool({ graph }: SearchSpace, draft: FlowDraft): boolean {
    const { edgePool, pools } = graph
    if (pools.length > this.#seenIn.length) this.#seenIn = growInts(this.#seenIn, pools.length)
    this.#settling += 1
    const { order, count } = this.order
    for (let step = 0; step < count; step += 1) {
      const pool = i32(edgePool, i32(draft.edges, i32(order, step)))
      if (i32(this.#seenIn, pool) === this.#settling) return true
      this.#seenIn[pool] = this.#settling
    }
    return false
  }

  #longestPath(draft: FlowDraft): number {
    const hops = this.#hops
    hops.fill(0, 0, draft.nodeCount)
    for (let step = 0; step < this.order.count; step += 1) {
      const at = i32(this.order.order, step)
      const to = i32(draft.to, at)
      const reached = i32(hops, i32(draft.from, at)) + 1
      if (reached > i32(hops, to)) hops[to] = reached
    }
    return i32(hops, SINK)
  }

  #grow(draft: FlowDraft): void {
    if (draft.count > this.shares.length) {
      this.shares = growFloats(this.shares, draft.count)
      this.inputs = growFloats(this.inputs, draft.count)
      this.legGas = growFloats(this.legGas, draft.count)
    }
    if (draft.nodeCount > this.#held.length) {
      this.#total = growFloats(this.#total, draft.nodeCount)
      this.#held = growFloats(this.#held, draft.nodeCount)
      this.#hops = growInts(this.#hops, draft.nodeCount)
    }
  }
}
