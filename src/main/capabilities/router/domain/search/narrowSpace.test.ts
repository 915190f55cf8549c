import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { createUniswapV2Pool } from '../pools/uniswapV2.ts'
import { boundRoute } from './boundRoute.ts'
import { FlowTrial } from './FlowTrial.ts'
import { LosingWays, narrowSpace } from './narrowSpace.ts'
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
    pools: fc.array(pool, { minLength: 3, maxLength: 12 }),
    amount: fc.bigInt({ min: unit, max: 5_000n * unit }),
    gas: fc.constantFrom(10n ** 11n, 10n ** 12n, 10n ** 13n),
  })
  .map(({ pools, amount, gas }) => {
    const graph = createPoolGraph(
      pools.map(({ first, second, depth, noise }, index) => {
        const other = second >= first ? second + 1 : second
        const tokens = [NAMES[first] as string, NAMES[other] as string].sort() as [string, string]
        const reserves = [depth * unit, depth * unit + (depth * unit * noise) / 10_000n] as const
        return createUniswapV2Pool({ id: `pool${index}`, venue: 'v2', tokens, reserves })
      }),
    )
    const costPerGas = { numerator: gas, denominator: 1n }
    return createSearchSpace(graph, { mode: 'exactIn', tokenIn: 'a', tokenOut: 'b', amount, costPerGas })
  })
  .filter((space): space is WholeSpace => space !== undefined)

const unknown = ({ graph }: SearchSpace) => new Float64Array(graph.nodeCount).fill(Number.NaN)

describe('LosingWays', () => {
  it('leaves out no edge of any flow that is better than the known one', () => {
    let leftOut = 0
    fc.assert(
      fc.property(spaces, fc.infiniteStream(fc.boolean()), (space, chances) => {
        const trial = new FlowTrial(space)
        const known = trial.run([...space.edges], unknown(space))
        fc.pre(known !== undefined)
        const losses = space.room.floats(space.graph.edgeCount)
        // Any prices make a bound that holds.
        const bound = boundRoute(space, space.graph.facts.salePrices(space.sink).logPrice, losses)
        const gap = bound - known.net
        const { isPossible } = new LosingWays(space, losses, gap * 2).within(gap)
        leftOut += space.edges.filter((edge) => isPossible[edge] === 0).length
        for (let attempt = 0; attempt < 20; attempt += 1) {
          const some = [...space.edges].filter(() => chances.next().value)
          const flow = some.length > 0 ? trial.run(some, unknown(space)) : undefined
          if (flow === undefined || !(flow.net > known.net * (1 + 1e-9))) continue
          expect(flow.edges.filter((edge) => isPossible[edge] === 0)).toEqual([])
        }
        trial.release()
      }),
      { numRuns: runs(120), seed: 20_261_130 },
    )
    expect(leftOut).toBeGreaterThan(100)
  })
})

describe('narrowSpace', () => {
  it('gives the flow over its edges that the whole space gives over the same', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        const whole = new FlowTrial(space)
        const flow = whole.run([...space.edges], unknown(space))
        fc.pre(flow !== undefined)
        const isKept = space.room.bytes(space.graph.edgeCount)
        for (const edge of flow.edges) isKept[edge] = 1
        const narrow = narrowSpace(space, isKept)
        expect(narrow.space.graph.edgeCount).toBe(flow.edges.length)
        const inner = new FlowTrial(narrow.space)
        const again = inner.run([...narrow.space.edges], narrow.toNarrow(flow).prices)
        expect(again && narrow.toWhole(again).edges.toSorted()).toEqual(flow.edges.toSorted())
        expect(((again?.net ?? 0) - flow.net) / flow.net).toBeCloseTo(0, 9)
        inner.release()
        whole.release()
      }),
      { numRuns: runs(80), seed: 20_261_130 },
    )
  })
})
