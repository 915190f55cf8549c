import { gainAtDepth } from './gainAtDepth.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

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
  const { graph, isUsable, exactIn, source, sink, amount, costPerGas } = space
  const base = costPerGas * space.baseGas
  // Far into a pool both terms are much larger than what they leave, and so is their rounding.
  const value = amount * Math.exp(f64(logPrice, exactIn ? source : sink))
  const rounded = exactIn ? value * (1 + ROUNDING) - base : base + value * (1 - ROUNDING)
  const mostArbitrage = exactIn ? farthest - rounded : rounded - farthest
  const { firstEdge, edgeTo, logRate, swapGas } = graph
  let arbitrage = 0
  for (let node = 0; node < graph.nodeCount; node += 1) {
    const from = f64(logPrice, node)
    const end = i32(firstEdge, node + 1)
    for (let edge = i32(firstEdge, node); edge < end; edge += 1) {
      const to = f64(logPrice, i32(edgeTo, edge))
      const depth = f64(logRate, edge) + to - from
      const cost = costPerGas * f64(swapGas, edge)
      if (losses !== undefined) losses[edge] = cost
      // Nodes without a price cannot be sold on, so buying them makes nothing.
      if (!(depth > 0) || depth === Number.POSITIVE_INFINITY || u8(isUsable, edge) === 0) continue
      const gain = gainAtDepth(graph, edge, depth, from, to, true)
      if (gain > cost) {
        arbitrage += gain - cost
        if (arbitrage > mostArbitrage) return exactIn ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
      }
      if (losses !== undefined) losses[edge] = Math.max(0, cost - gain)
    }
  }
  return exactIn ? rounded + arbitrage : rounded - arbitrage
}
