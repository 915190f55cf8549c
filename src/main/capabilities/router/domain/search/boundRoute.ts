import { createCurveFlow, flowAtDepth, type SwapCurve } from '../pools/SwapCurve.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32 } from './typedArrays.ts'

/** Rounding of sums of large terms, beyond that of each curve. */
const ROUNDING = 1e-11

/**
 * What no route can beat, at any prices: the value of the fixed amount plus what arbitrage against every pool would make,
 * each less the gas of using the pool. An upper bound of the output net of gas for exact-in, a lower bound of input plus gas
 * for exact-out (weak duality). The better the prices, the tighter.
 *
 * `losses` takes down, by edge of the graph, by how much the use of an edge falls short of its gas at these prices: any route
 * that uses it stays so far away from the bound. A bound beyond `farthest` is of no use: it is given up, and infinite.
 */
export function boundRoute(
  space: SearchSpace,
  logPrice: Float64Array,
  losses?: Float64Array,
  farthest = space.exactIn ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
): number {
  const { graph, edges, exactIn, source, sink, amount, costPerGas } = space
  const base = costPerGas * space.baseGas
  // Far into a pool both terms are much larger than what they leave, and so is their rounding.
  const value = amount * Math.exp(f64(logPrice, exactIn ? source : sink))
  const rounded = exactIn ? value * (1 + ROUNDING) - base : base + value * (1 - ROUNDING)
  const mostArbitrage = exactIn ? farthest - rounded : rounded - farthest
  const flow = createCurveFlow()
  let arbitrage = 0
  for (let at = 0; at < edges.length; at += 1) {
    const edge = i32(edges, at)
    const from = f64(logPrice, i32(graph.edgeFrom, edge))
    const to = f64(logPrice, i32(graph.edgeTo, edge))
    const depth = f64(graph.logRate, edge) + to - from
    const cost = costPerGas * f64(graph.swapGas, edge)
    if (losses !== undefined) losses[edge] = cost
    // Nodes without a price cannot be sold on, so buying them makes nothing.
    if (!(depth > 0) || !Number.isFinite(from) || !Number.isFinite(to)) continue
    const curve = graph.curves[edge] as SwapCurve
    flowAtDepth(curve, depth, 0x7fffffff, flow)
    const output = Math.exp(to) * flow.output
    const gain = output * (1 + curve.slack) - Math.exp(from) * flow.input
    if (gain > cost) {
      arbitrage += gain - cost
      if (arbitrage > mostArbitrage) return exactIn ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    }
    if (losses !== undefined) losses[edge] = Math.max(0, cost - gain)
  }
  return exactIn ? rounded + arbitrage : rounded - arbitrage
}
