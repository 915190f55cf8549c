import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { createCurveFlow, flowAtDepth, type SwapCurve } from '../pools/SwapCurve.ts'
import { createUniswapV2Pool } from '../pools/uniswapV2.ts'
import { FlowTrial } from './FlowTrial.ts'
import { createPoolGraph } from './PoolGraph.ts'
import { createSearchSpace, type SearchSpace, type WholeSpace } from './SearchSpace.ts'

const NAMES = ['a', 'b', 'c', 'd'] as const
const unit = 10n ** 18n

const pool = fc.record({
  first: fc.integer({ min: 0, max: 3 }),
  second: fc.integer({ min: 0, max: 2 }),
  depth: fc.bigInt({ min: 100n, max: 1_000_000n }),
  noise: fc.bigInt({ min: -20n, max: 20n }),
})
const spaces = fc
  .record({
    pools: fc.array(pool, { minLength: 2, maxLength: 12 }),
    amount: fc.bigInt({ min: unit, max: 50_000n * unit }),
    gas: fc.constantFrom(0n, 10n ** 11n, 10n ** 13n),
    mode: fc.constantFrom('exactIn' as const, 'exactOut' as const),
  })
  .map(({ pools, amount, gas, mode }) => {
    const graph = createPoolGraph(
      pools.map(({ first, second, depth, noise }, index) => {
        const other = second >= first ? second + 1 : second
        const tokens = [NAMES[first] as string, NAMES[other] as string].sort() as [string, string]
        const reserves = [depth * unit, depth * unit + (depth * unit * noise) / 10_000n] as const
        return createUniswapV2Pool({ id: `pool${index}`, venue: 'v2', tokens, reserves })
      }),
    )
    const costPerGas = { numerator: gas, denominator: 1n }
    return createSearchSpace(graph, { mode, tokenIn: 'a', tokenOut: 'b', amount, costPerGas })
  })
  .filter((space): space is WholeSpace => space !== undefined)

const unknownPrices = ({ graph }: SearchSpace) => new Float64Array(graph.nodeCount).fill(Number.NaN)

describe('FlowTrial', () => {
  it('gives up only what could not exceed what it had to, and gives up nothing else', () => {
    fc.assert(
      fc.property(spaces, fc.double({ min: -0.01, max: 0.01, noNaN: true }), (space, distance) => {
        const trial = new FlowTrial(space)
        const edges = [...space.edges]
        const flow = trial.run(edges, unknownPrices(space))
        fc.pre(flow !== undefined)
        const above = flow.net + Math.abs(flow.net) * distance
        const again = trial.run(edges, unknownPrices(space), { above })
        expect(again).toEqual(flow.net > above ? flow : undefined)
        trial.release()
      }),
      { numRuns: runs(120), seed: 20_261_129 },
    )
  })

  it('sends through every pool what its curve takes at the prices that it finds', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        const { graph } = space
        const trial = new FlowTrial(space)
        const flow = trial.run([...space.edges], unknownPrices(space))
        trial.release()
        fc.pre(flow !== undefined)
        const atPrices = createCurveFlow()
        for (const [at, edge] of flow.edges.entries()) {
          const [from, to] = [graph.edgeFrom[edge] as number, graph.edgeTo[edge] as number]
          const gap = (flow.prices[to] as number) - (flow.prices[from] as number)
          const curve = graph.curves[edge] as SwapCurve
          flowAtDepth(curve, curve.logRate + gap, 0x7fffffff, atPrices)
          const traded = Math.exp(flow.prices[from] as number) * atPrices.input
          const missing = Math.abs((flow.inputs[at] as number) / atPrices.input - 1) * traded
          // What a node has left over is a part of all that is traded.
          expect(missing).toBeLessThan(1e-6 * Math.abs(flow.amount))
        }
      }),
      { numRuns: runs(120), seed: 20_261_129 },
    )
  })

  it('tells what a solution nets as carrying it out does', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        const trial = new FlowTrial(space)
        const edges = [...space.edges]
        fc.pre(trial.solve(edges, unknownPrices(space)))
        const { net } = trial.weighSolved(edges)
        const flow = trial.settle(edges)
        fc.pre(flow !== undefined && flow.edges.length === trial.draft(edges).count)
        expect(Math.abs(net - flow.net)).toBeLessThan(1e-9 * (flow.amount + flow.gas * space.costPerGas))
        trial.release()
      }),
      { numRuns: runs(120), seed: 20_261_129 },
    )
  })

  it('is not disturbed by the searches before it or beside it, whose arrays it uses', () => {
    fc.assert(
      fc.property(spaces, spaces, (one, other) => {
        const [first, second] = [new FlowTrial(one), new FlowTrial(other)]
        const alone = first.run([...one.edges], unknownPrices(one))
        second.run([...other.edges], unknownPrices(other))
        expect(first.run([...one.edges], unknownPrices(one))).toEqual(alone)
        second.release()
        first.release()
        const third = new FlowTrial(one)
        expect(third.run([...one.edges], unknownPrices(one))).toEqual(alone)
        third.release()
      }),
      { numRuns: runs(50), seed: 20_261_129 },
    )
  })
})
