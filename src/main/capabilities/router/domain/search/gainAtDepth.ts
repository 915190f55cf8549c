import { createCurveFlow, flowAtDepth, type SwapCurve } from '../pools/SwapCurve.ts'
import type { EdgeGraph } from './PoolGraph.ts'
import { f64 } from './typedArrays.ts'

const ANY_PIECE = 0x7fffffff

const flow = createCurveFlow()

/**
 * The most that arbitrage with an edge makes between outside prices (their logarithms), at which its rate is too good by `depth`. `slack` counts the
 * part by which exact mathematics may give more than the curve, for bounds that must hold.
 */
export function gainAtDepth(
  graph: EdgeGraph,
  edge: number,
  depth: number,
  logFrom: number,
  logTo: number,
  countsSlack = false,
): number {
  const curve = graph.curves[edge] as SwapCurve
  const slack = countsSlack ? curve.slack : 0
  if (f64(graph.productLimit, edge) === Number.POSITIVE_INFINITY) {
    // A constant product grows both reserves' worth by the root of the rate, so that what it makes is a square.
    const growth = Math.expm1(depth / 2)
    const sold = Math.exp(logFrom) * f64(graph.productIn, edge) * growth
    return sold * growth + sold * (1 + growth) * slack
  }
  flowAtDepth(curve, depth, ANY_PIECE, flow)
  return Math.exp(logTo) * flow.output * (1 + slack) - Math.exp(logFrom) * flow.input
}
