import { createCurveFlow, flowAtDepth, type SwapCurve } from '../pools/SwapCurve.ts'
import type { EdgeGraph } from './PoolGraph.ts'
import { f64, growFloats, growInts, i32 } from './typedArrays.ts'

const MOST_ROUNDS = 60
/** Lengths tried along one step. */
const MOST_TRIALS = 16
/** Prices change by at most e^2 a round: far from the solution the quadratic model means nothing. */
const GREATEST_STEP = 2
/** Where rounding stops the search this close, the split is as good as exact: what it misses is this squared. */
const ACCEPTED_RESIDUAL = 1e-5
/** A flow at the end of its curve keeps off it by this part, so that no rounding of the shares pushes it over. */
const END_MARGIN = 1e-8
const ANY_PIECE = 0x7fffffff
/** Up to here six terms of the series of e^x - 1 are all that a number holds. */
const SMALL = 0.01
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
  /** Rounds of evaluation that the last solution took. */
  evaluations = 0
  edgeCount = 0
  nodeCount = 0
  from = new Int32Array(64)
  to = new Int32Array(64)
  lastPiece = new Int32Array(64)
  logRate = new Float64Array(64)
  /** Only the first `edgeCount` are this problem's. */
  readonly curves: SwapCurve[] = []
  /** The edges that trade at the prices of the last evaluation, the first `tradingCount` of them. */
  trading = new Int32Array(64)
  tradingCount = 0
  /** Results by edge that trades: what goes in, what comes out, and the piece reached. */
  input = new Float64Array(64)
  output = new Float64Array(64)
  piece = new Int32Array(64)
  /** Logarithms of the nodes' prices in the token whose amount is not fixed; start values come in, results stay. */
  logPrice = new Float64Array(32)
  /** The prices themselves, as of the last evaluation. */
  price = new Float64Array(32)
  /** What using an edge costs, in the token whose amount is not fixed. */
  cost = new Float64Array(64)
  #slope = new Float64Array(64)
  /** The depth of each edge at the start prices: prices then move by small numbers, and dust keeps its digits. */
  #startDepth = new Float64Array(64)
  /**
   * By edge, where its whole curve is a constant product: the reserves (the fee on the side of the input), else zero; and by how
   * much the root of its rate at the start prices exceeds one. Such an edge needs roots of its nodes' prices and no exponential
   * of its own.
   */
  #productIn = new Float64Array(64)
  #productOut = new Float64Array(64)
  #startGrowth = new Float64Array(64)
  /** How far each logarithm of a price has moved from where it started, and by which part the root of the price has grown. */
  #move = new Float64Array(32)
  #growth = new Float64Array(32)
  /** The price that each node started at, and its root. */
  #startPrice = new Float64Array(32)
  #startRoot = new Float64Array(32)
  #residual = new Float64Array(32)
  #step = new Float64Array(32)
  #start = new Float64Array(32)
  #matrix = new Float64Array(32 * 32)
  /** The place of each node in the elimination: nodes with few edges first, so that the factors stay sparse. */
  #place = new Int32Array(32)
  #permuted = new Float64Array(32)
  #below = new Int32Array(32)
  #degree = new Int32Array(32)
  /** What no flow over these edges exceeds, less their costs, by the prices of the last evaluation. */
  #most = 0
  readonly #flow = createCurveFlow()

  clear(): void {
    this.edgeCount = 0
    this.nodeCount = 0
  }

  addNode(logPrice: number): number {
    const node = this.nodeCount
    this.nodeCount += 1
    if (this.nodeCount > this.logPrice.length) {
      this.logPrice = growFloats(this.logPrice)
      this.price = growFloats(this.price)
      this.#move = growFloats(this.#move)
      this.#growth = growFloats(this.#growth)
      this.#startPrice = growFloats(this.#startPrice)
      this.#startRoot = growFloats(this.#startRoot)
      this.#residual = growFloats(this.#residual)
      this.#step = growFloats(this.#step)
      this.#start = growFloats(this.#start)
      this.#permuted = growFloats(this.#permuted)
      this.#place = growInts(this.#place)
      this.#below = growInts(this.#below)
      this.#degree = growInts(this.#degree)
      this.#matrix = new Float64Array(this.logPrice.length ** 2)
    }
    this.logPrice[node] = logPrice
    return node
  }

  /**
   * Adds edges of a graph; `localOf` tells this problem's numbers of the nodes at their ends. Without last pieces every edge may be
   * used to its end.
   */
  addEdges(
    graph: EdgeGraph,
    edges: readonly number[],
    localOf: Int32Array,
    costPerGas: number,
    lastPieces: readonly number[] | undefined,
  ): void {
    while (this.edgeCount + edges.length > this.from.length) this.#growEdges()
    const { edgeFrom, edgeTo, logRate, rootRate, swapGas, productLimit, productIn, productOut } = graph
    const { from, to, cost, curves, lastPiece } = this
    for (let at = 0; at < edges.length; at += 1) {
      const added = edges[at] as number
      const edge = this.edgeCount + at
      const isProduct = f64(productLimit, added) === Number.POSITIVE_INFINITY
      from[edge] = i32(localOf, i32(edgeFrom, added))
      to[edge] = i32(localOf, i32(edgeTo, added))
      lastPiece[edge] = lastPieces === undefined ? ANY_PIECE : (lastPieces[at] as number)
      curves[edge] = graph.curves[added] as SwapCurve
      cost[edge] = f64(swapGas, added) * costPerGas
      this.logRate[edge] = f64(logRate, added)
      this.#productIn[edge] = isProduct ? f64(productIn, added) : 0
      this.#productOut[edge] = f64(productOut, added)
      // Until the start prices are known, the root of the rate itself.
      this.#startGrowth[edge] = f64(rootRate, added)
    }
    this.edgeCount += edges.length
  }

  #growEdges(): void {
    this.from = growInts(this.from)
    this.to = growInts(this.to)
    this.lastPiece = growInts(this.lastPiece)
    this.logRate = growFloats(this.logRate)
    this.trading = growInts(this.trading)
    this.input = growFloats(this.input)
    this.output = growFloats(this.output)
    this.piece = growInts(this.piece)
    this.#slope = growFloats(this.#slope)
    this.#startDepth = growFloats(this.#startDepth)
    this.#productIn = growFloats(this.#productIn)
    this.#productOut = growFloats(this.#productOut)
    this.#startGrowth = growFloats(this.#startGrowth)
    this.cost = growFloats(this.cost)
  }

  /**
   * Finds the prices at which the edges carry `amount` out of the source (exact in) or into the sink (exact out).
   * @returns false where they cannot, because the edges end before the amount, and where what they make less their costs
   * cannot exceed `above`, which by weak duality the value at any prices may show. `tolerance` is the part of the traded value
   * that may be left over in any node.
   */
  solve(
    source: number,
    sink: number,
    amount: number,
    exactIn: boolean,
    tolerance: number,
    above = Number.NEGATIVE_INFINITY,
  ): boolean {
    const fixed = exactIn ? sink : source
    this.logPrice[fixed] = 0
    this.#orderNodes()
    this.#startAtPrices()
    this.evaluations = 0
    let worst = this.#evaluate(source, sink, amount, exactIn)
    let round = 0
    for (; round < MOST_ROUNDS && worst > tolerance; round += 1) {
      if (this.#most <= above) return false
      if (!this.#computeStep(fixed)) break
      const slope = this.#slopeAlongStep(fixed)
      if (!(slope < 0)) break
      for (let node = 0; node < this.nodeCount; node += 1) this.#start[node] = f64(this.#move, node)
      let length = 1
      let low = 0
      let slopeLow = slope
      let high = 0
      let slopeHigh = 0
      for (let trial = 0; ; trial += 1) {
        for (let node = 0; node < this.nodeCount; node += 1) {
          this.#move[node] = f64(this.#start, node) + length * f64(this.#step, node)
        }
        worst = this.#evaluate(source, sink, amount, exactIn)
        // The derivative decides, not the value: near the optimum of a small trade values differ by less than rounding.
        const slopeThere = this.#slopeAlongStep(fixed)
        if (slopeThere > -0.5 * slope) {
          high = length
          slopeHigh = slopeThere
        } else if (high > 0 && slopeThere < 0.5 * slope) {
          // Stopping short of where an idle edge begins to trade would hide that edge from the next round too.
          low = length
          slopeLow = slopeThere
        } else break
        if (trial === MOST_TRIALS) break
        const share = slopeLow / (slopeLow - slopeHigh)
        length = low + (high - low) * Math.min(0.8, Math.max(0.2, share))
      }
    }
    for (let node = 0; node < this.nodeCount; node += 1) {
      this.logPrice[node] = f64(this.logPrice, node) + f64(this.#move, node)
    }
    if (this.#most <= above) return false
    return worst <= Math.max(tolerance, ACCEPTED_RESIDUAL)
  }

  #startAtPrices(): void {
    for (let node = 0; node < this.nodeCount; node += 1) {
      const root = Math.exp(f64(this.logPrice, node) / 2)
      this.#move[node] = 0
      this.#startRoot[node] = root
      this.#startPrice[node] = root * root
    }
    for (let edge = 0; edge < this.edgeCount; edge += 1) {
      const from = i32(this.from, edge)
      const to = i32(this.to, edge)
      if (f64(this.#productIn, edge) > 0) {
        this.#startGrowth[edge] =
          (f64(this.#startGrowth, edge) * f64(this.#startRoot, to)) / f64(this.#startRoot, from) - 1
      } else {
        this.#startDepth[edge] = f64(this.logRate, edge) + f64(this.logPrice, to) - f64(this.logPrice, from)
      }
    }
  }

  /** Computes all flows and residuals; returns the greatest leftover as a part of the traded value. */
  #evaluate(source: number, sink: number, amount: number, exactIn: boolean): number {
    this.evaluations += 1
    const { from: edgeFrom, to: edgeTo, price, input, output, piece, cost } = this
    const residual = this.#residual
    const growth = this.#growth
    const slope = this.#slope
    const productIn = this.#productIn
    const productOut = this.#productOut
    const startGrowth = this.#startGrowth
    for (let node = 0; node < this.nodeCount; node += 1) {
      const grown = growthOf(f64(this.#move, node) / 2)
      residual[node] = 0
      growth[node] = grown
      price[node] = f64(this.#startPrice, node) * (1 + grown) * (1 + grown)
    }
    const flow = this.#flow
    const trading = this.trading
    let count = 0
    let arbitrage = 0
    for (let edge = 0; edge < this.edgeCount; edge += 1) {
      const from = i32(edgeFrom, edge)
      const to = i32(edgeTo, edge)
      const reserve = f64(productIn, edge)
      let bought = 0
      let sold = 0
      let part = 1
      // Most edges are idle.
      if (reserve > 0) {
        const fromGrowth = f64(growth, from)
        const start = f64(startGrowth, edge)
        const surplus = start + f64(growth, to) * (1 + start) - fromGrowth
        if (!(surplus > 0)) continue
        const grown = surplus / (1 + fromGrowth)
        const priceFrom = f64(price, from)
        const given = reserve * grown
        const got = (f64(productOut, edge) * grown) / (1 + grown)
        input[edge] = given
        output[edge] = got
        slope[edge] = priceFrom * reserve * (1 + grown) * 0.5
        piece[edge] = 0
        sold = priceFrom * given
        bought = f64(price, to) * got
      } else {
        const depth = f64(this.#startDepth, edge) + f64(this.#move, to) - f64(this.#move, from)
        if (!(depth > 0)) continue
        flowAtDepth(this.curves[edge] as SwapCurve, depth, i32(this.lastPiece, edge), flow)
        const priceFrom = f64(price, from)
        if (flow.inputSlope === 0) part = 1 - END_MARGIN
        input[edge] = flow.input * part
        output[edge] = flow.output * part
        slope[edge] = priceFrom * flow.inputSlope
        piece[edge] = flow.piece
        sold = priceFrom * flow.input
        bought = f64(price, to) * flow.output
      }
      trading[count] = edge
      count += 1
      const gain = bought - sold - f64(cost, edge)
      if (gain > 0) arbitrage += gain
      residual[from] = f64(residual, from) - sold * part
      residual[to] = f64(residual, to) + bought * part
    }
    this.tradingCount = count
    const end = exactIn ? source : sink
    const value = f64(price, end) * amount
    residual[end] = f64(residual, end) + (exactIn ? value : -value)
    this.#most = (exactIn ? value : -value) + arbitrage
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
    const place = this.#place
    const right = this.#permuted
    matrix.fill(0, 0, size * size)
    for (let at = 0; at < this.tradingCount; at += 1) {
      const edge = i32(this.trading, at)
      const slope = f64(this.#slope, edge)
      const from = i32(this.from, edge)
      const to = i32(this.to, edge)
      const row = i32(place, from)
      const column = i32(place, to)
      if (from !== fixed) matrix[row * size + row] = f64(matrix, row * size + row) + slope
      if (to !== fixed) matrix[column * size + column] = f64(matrix, column * size + column) + slope
      if (from === fixed || to === fixed) continue
      const cell = row > column ? row * size + column : column * size + row
      matrix[cell] = f64(matrix, cell) - slope
    }
    for (let node = 0; node < size; node += 1) {
      const at = i32(place, node)
      const diagonal = f64(matrix, at * size + at)
      const residual = f64(this.#residual, node)
      right[at] = node === fixed ? 0 : -residual
      // A surplus makes the true curvature larger; leaving a deficit's out keeps the matrix positive definite.
      if (diagonal > 0) matrix[at * size + at] = diagonal * (1 + 1e-13) + Math.max(0, residual)
      else {
        matrix[at * size + at] = 1
        if (node !== fixed) right[at] = this.#nudge(node, residual)
      }
    }
    if (!factorise(matrix, right, this.#below, size)) return false
    let greatest = 0
    for (let node = 0; node < size; node += 1) {
      const change = f64(right, i32(place, node))
      this.#step[node] = change
      greatest = Math.max(greatest, Math.abs(change))
    }
    if (!Number.isFinite(greatest)) return false
    if (greatest > GREATEST_STEP) {
      for (let node = 0; node < size; node += 1) {
        this.#step[node] = (f64(this.#step, node) * GREATEST_STEP) / greatest
      }
    }
    return true
  }

  /** By falling number of edges the later, ties in the order of adding. */
  #orderNodes(): void {
    const degree = this.#degree
    const order = this.#below
    degree.fill(0, 0, this.nodeCount)
    for (let edge = 0; edge < this.edgeCount; edge += 1) {
      degree[i32(this.from, edge)] = i32(degree, i32(this.from, edge)) + 1
      degree[i32(this.to, edge)] = i32(degree, i32(this.to, edge)) + 1
    }
    for (let node = 0; node < this.nodeCount; node += 1) {
      let at = node
      for (; at > 0 && i32(degree, i32(order, at - 1)) > i32(degree, node); at -= 1) {
        order[at] = i32(order, at - 1)
      }
      order[at] = node
    }
    for (let at = 0; at < this.nodeCount; at += 1) this.#place[i32(order, at)] = at
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

/** e^x - 1, by its series where that is exact to the last digit: prices mostly move by parts of a hundredth. */
function growthOf(x: number): number {
  if (x > SMALL || x < -SMALL) return Math.expm1(x)
  return x * (1 + (x / 2) * (1 + (x / 3) * (1 + (x / 4) * (1 + (x / 5) * (1 + x / 6)))))
}

/** Solves in place by the Cholesky factors of the lower triangle, touching only what is not zero. */
function factorise(matrix: Float64Array, right: Float64Array, below: Int32Array, size: number): boolean {
  for (let column = 0; column < size; column += 1) {
    const pivot = f64(matrix, column * size + column)
    if (!(pivot > 0)) return false
    const root = Math.sqrt(pivot)
    matrix[column * size + column] = root
    const value = f64(right, column) / root
    right[column] = value
    let count = 0
    for (let row = column + 1; row < size; row += 1) {
      const entry = f64(matrix, row * size + column)
      if (entry === 0) continue
      const scaled = entry / root
      matrix[row * size + column] = scaled
      right[row] = f64(right, row) - scaled * value
      below[count] = row
      count += 1
    }
    for (let i = 0; i < count; i += 1) {
      const row = i32(below, i)
      const factor = f64(matrix, row * size + column)
      for (let j = 0; j <= i; j += 1) {
        const other = i32(below, j)
        const cell = row * size + other
        matrix[cell] = f64(matrix, cell) - factor * f64(matrix, other * size + column)
      }
    }
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let value = f64(right, row)
    for (let k = row + 1; k < size; k += 1) value -= f64(matrix, k * size + row) * f64(right, k)
    right[row] = value / f64(matrix, row * size + row)
  }
  return true
}
