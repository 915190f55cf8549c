import { createCurveFlow, flowAtDepth, type SwapCurve } from '../pools/SwapCurve.ts'
import { f64, i32 } from './typedArrays.ts'

const MOST_ROUNDS = 60
const MOST_SHORTENINGS = 12
/** Prices change by at most e^2 a round: far from the solution the quadratic model means nothing. */
const GREATEST_STEP = 2
/** How far an idle edge is pushed into trading when its node must trade and nothing does. */
const NUDGE = 1e-3

/**
 * The optimal split over a set of edges, by its dual (Angeris et al., "Optimal Routing for Constant Function Market
 * Makers"): minimise over prices what arbitrage at these prices would make. At the minimum every node's inflow equals its
 * outflow. Newton's method on the logarithms of the prices; the Hessian is the Laplacian of the edges' slopes, so each round
 * solves one small positive definite system.
 *
 * Holds its arrays between calls. Edges and nodes are local numbers given in the order of adding.
 */
export class FlowSolver {
  edgeCount = 0
  nodeCount = 0
  from = new Int32Array(64)
  to = new Int32Array(64)
  lastPiece = new Int32Array(64)
  logRate = new Float64Array(64)
  curves: SwapCurve[] = []
  /** Results by edge: what goes in, what comes out, and the piece reached. */
  input = new Float64Array(64)
  output = new Float64Array(64)
  piece = new Int32Array(64)
  /** Logarithms of the nodes' prices in the token whose amount is not fixed; start values come in, results stay. */
  logPrice = new Float64Array(32)
  #slope = new Float64Array(64)
  #residual = new Float64Array(32)
  #step = new Float64Array(32)
  #start = new Float64Array(32)
  #matrix = new Float64Array(32 * 32)
  readonly #flow = createCurveFlow()

  clear(): void {
    this.edgeCount = 0
    this.nodeCount = 0
    this.curves.length = 0
  }

  addNode(logPrice: number): number {
    const node = this.nodeCount
    this.nodeCount += 1
    if (this.nodeCount > this.logPrice.length) {
      this.logPrice = growFloats(this.logPrice)
      this.#residual = growFloats(this.#residual)
      this.#step = growFloats(this.#step)
      this.#start = growFloats(this.#start)
      this.#matrix = new Float64Array(this.logPrice.length ** 2)
    }
    this.logPrice[node] = logPrice
    return node
  }

  addEdge(from: number, to: number, curve: SwapCurve, lastPiece: number): number {
    const edge = this.edgeCount
    this.edgeCount += 1
    if (this.edgeCount > this.from.length) {
      this.from = growInts(this.from)
      this.to = growInts(this.to)
      this.lastPiece = growInts(this.lastPiece)
      this.piece = growInts(this.piece)
      this.logRate = growFloats(this.logRate)
      this.input = growFloats(this.input)
      this.output = growFloats(this.output)
      this.#slope = growFloats(this.#slope)
    }
    this.from[edge] = from
    this.to[edge] = to
    this.lastPiece[edge] = lastPiece
    this.logRate[edge] = curve.logRate
    this.curves[edge] = curve
    return edge
  }

  /**
   * Finds the prices at which the edges carry `amount` out of the source (exact in) or into the sink (exact out).
   * @returns false where they cannot: the edges end before the amount, or rounding stops the search short of `tolerance`,
   * the part of the traded value that may be left over in any node.
   */
  solve(source: number, sink: number, amount: number, exactIn: boolean, tolerance: number): boolean {
    const fixed = exactIn ? sink : source
    this.logPrice[fixed] = 0
    let worst = this.#evaluate(source, sink, amount, exactIn)
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      if (worst <= tolerance) return true
      if (!this.#computeStep(fixed)) return false
      const slope = this.#slopeAlongStep(fixed)
      if (!(slope < 0)) return false
      this.#start.set(this.logPrice.subarray(0, this.nodeCount))
      let length = 1
      for (let shortening = 0; ; shortening += 1) {
        for (let node = 0; node < this.nodeCount; node += 1) {
          if (node !== fixed) this.logPrice[node] = f64(this.#start, node) + length * f64(this.#step, node)
        }
        worst = this.#evaluate(source, sink, amount, exactIn)
        // The derivative decides, not the value: near the optimum of a small trade values differ by less than rounding.
        const slopeThere = this.#slopeAlongStep(fixed)
        if (slopeThere <= -0.9 * slope || shortening === MOST_SHORTENINGS) break
        length *= Math.min(0.6, Math.max(0.1, slope / (slope - slopeThere)))
      }
    }
    return worst <= tolerance
  }

  /** Computes all flows and residuals; returns the greatest leftover as a part of the traded value. */
  #evaluate(source: number, sink: number, amount: number, exactIn: boolean): number {
    const residual = this.#residual
    residual.fill(0, 0, this.nodeCount)
    const flow = this.#flow
    for (let edge = 0; edge < this.edgeCount; edge += 1) {
      const from = i32(this.from, edge)
      const to = i32(this.to, edge)
      const depth = f64(this.logRate, edge) + f64(this.logPrice, to) - f64(this.logPrice, from)
      if (depth <= 0) {
        this.input[edge] = 0
        this.output[edge] = 0
        this.#slope[edge] = 0
        continue
      }
      flowAtDepth(this.curves[edge] as SwapCurve, depth, i32(this.lastPiece, edge), flow)
      this.input[edge] = flow.input
      this.output[edge] = flow.output
      this.piece[edge] = flow.piece
      const priceFrom = Math.exp(f64(this.logPrice, from))
      this.#slope[edge] = priceFrom * flow.inputSlope
      residual[from] = f64(residual, from) - priceFrom * flow.input
      residual[to] = f64(residual, to) + Math.exp(f64(this.logPrice, to)) * flow.output
    }
    const end = exactIn ? source : sink
    const value = Math.exp(f64(this.logPrice, end)) * amount
    residual[end] = f64(residual, end) + (exactIn ? value : -value)
    const fixed = exactIn ? sink : source
    let worst = 0
    for (let node = 0; node < this.nodeCount; node += 1) {
      if (node !== fixed) worst = Math.max(worst, Math.abs(f64(residual, node)))
    }
    return worst / value
  }

  #slopeAlongStep(fixed: number): number {
    let slope = 0
    for (let node = 0; node < this.nodeCount; node += 1) {
      if (node !== fixed) slope += f64(this.#residual, node) * f64(this.#step, node)
    }
    return slope
  }

  /** Newton's step: Laplacian * step = -residual, by Cholesky factors. */
  #computeStep(fixed: number): boolean {
    const size = this.nodeCount
    const matrix = this.#matrix
    const step = this.#step
    matrix.fill(0, 0, size * size)
    for (let edge = 0; edge < this.edgeCount; edge += 1) {
      const slope = f64(this.#slope, edge)
      if (slope === 0) continue
      const from = i32(this.from, edge)
      const to = i32(this.to, edge)
      matrix[from * size + from] = f64(matrix, from * size + from) + slope
      matrix[to * size + to] = f64(matrix, to * size + to) + slope
      if (from > to) matrix[from * size + to] = f64(matrix, from * size + to) - slope
      else matrix[to * size + from] = f64(matrix, to * size + from) - slope
    }
    for (let node = 0; node < size; node += 1) {
      const diagonal = f64(matrix, node * size + node)
      const residual = f64(this.#residual, node)
      step[node] = -residual
      if (node === fixed) this.#isolate(node)
      // A surplus makes the true curvature larger; leaving a deficit's out keeps the matrix positive definite.
      else if (diagonal > 0) matrix[node * size + node] = diagonal * (1 + 1e-13) + Math.max(0, residual)
      else {
        this.#isolate(node)
        step[node] = this.#nudge(node, residual)
      }
    }
    if (!factorise(matrix, step, size)) return false
    let greatest = 0
    step[fixed] = 0
    for (let node = 0; node < size; node += 1) greatest = Math.max(greatest, Math.abs(f64(step, node)))
    if (!Number.isFinite(greatest)) return false
    if (greatest > GREATEST_STEP) {
      for (let node = 0; node < size; node += 1) step[node] = (f64(step, node) * GREATEST_STEP) / greatest
    }
    return true
  }

  #isolate(node: number): void {
    const size = this.nodeCount
    for (let other = 0; other < size; other += 1) {
      this.#matrix[node * size + other] = 0
      this.#matrix[other * size + node] = 0
    }
    this.#matrix[node * size + node] = 1
    this.#step[node] = 0
  }

  /** The step that makes the best edge of a node trade, where it must and none does. */
  #nudge(node: number, residual: number): number {
    if (residual === 0) return 0
    let nearest = Number.NEGATIVE_INFINITY
    for (let edge = 0; edge < this.edgeCount; edge += 1) {
      if ((residual > 0 ? i32(this.from, edge) : i32(this.to, edge)) !== node) continue
      const depth =
        f64(this.logRate, edge) +
        f64(this.logPrice, i32(this.to, edge)) -
        f64(this.logPrice, i32(this.from, edge))
      nearest = Math.max(nearest, depth)
    }
    if (!Number.isFinite(nearest) || nearest > 0) return residual > 0 ? -GREATEST_STEP : GREATEST_STEP
    return residual > 0 ? nearest - NUDGE : NUDGE - nearest
  }
}

/** Solves in place by the Cholesky factors of the lower triangle, leaving out what is zero. */
function factorise(matrix: Float64Array, step: Float64Array, size: number): boolean {
  for (let column = 0; column < size; column += 1) {
    const base = column * size
    let pivot = f64(matrix, base + column)
    for (let k = 0; k < column; k += 1) pivot -= f64(matrix, base + k) ** 2
    if (!(pivot > 0)) pivot = Math.max(Number.MIN_VALUE, f64(matrix, base + column) * 1e-13)
    const root = Math.sqrt(pivot)
    if (!(root > 0)) return false
    matrix[base + column] = root
    let value = f64(step, column)
    for (let k = 0; k < column; k += 1) value -= f64(matrix, base + k) * f64(step, k)
    step[column] = value / root
    for (let row = column + 1; row < size; row += 1) {
      const rowBase = row * size
      let entry = f64(matrix, rowBase + column)
      for (let k = 0; k < column; k += 1) entry -= f64(matrix, rowBase + k) * f64(matrix, base + k)
      matrix[rowBase + column] = entry / root
    }
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let value = f64(step, row)
    for (let k = row + 1; k < size; k += 1) value -= f64(matrix, k * size + row) * f64(step, k)
    step[row] = value / f64(matrix, row * size + row)
  }
  return true
}

function growFloats(array: Float64Array): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(array.length * 2)
  grown.set(array)
  return grown
}

function growInts(array: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2)
  grown.set(array)
  return grown
}
