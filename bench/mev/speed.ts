import { writeFileSync } from 'node:fs'
import { assessSandwich, limitAtTolerance } from '../../src/main/capabilities/mev/index.ts'
import { createRandom } from '../router/random.ts'
import { createTrade, type PoolKind } from './createTrade.ts'

const ROUTES = 120
const BUDGET_MS = 5
// What the router finds on the chains that Minato knows.
const KINDS: readonly PoolKind[] = ['uniswapV2', 'uniswapV3', 'uniswapV4', 'balancerStable']
const SHAPES = [[1], [2], [3], [1, 1], [1, 2], [1, 1, 1]]
const ETHER_USD = 3_500
const BASE_FEE = 5e-9

/** Of this thread, so that a busy machine does not count. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Times the worst case of one route: best attack at half a percent and the safe limit together. */
function measure(ways: readonly number[]) {
  const random = createRandom(7)
  const times: number[] = []
  for (let at = 0; at < ROUTES * 2; at += 1) {
    const spec = createTrade(random, { kinds: KINDS, ways })
    const trade = at % 4 === 3 ? spec.purchase() : spec.sale()
    if (trade === undefined) continue
    const unitsPerGas = ((BASE_FEE * ETHER_USD) / spec.usdIn) * 10 ** spec.decimalsIn
    const cost = { numerator: BigInt(Math.floor(unitsPerGas * 1e12)), denominator: 10n ** 12n }
    const before = cpuMs()
    assessSandwich(trade, limitAtTolerance(trade, 5_000), cost)
    // The first half warms the compiler up.
    if (at >= ROUTES) times.push(cpuMs() - before)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Number((times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(2))
  return { route: ways.join(' + '), routes: times.length, medianMs: at(0.5), p95Ms: at(0.95), mostMs: at(1) }
}

const rows = SHAPES.map(measure)
console.table(rows)
writeFileSync(new URL('speed.json', import.meta.url), `${JSON.stringify(rows, undefined, 2)}\n`)
if (rows.some(({ medianMs }) => medianMs > BUDGET_MS)) process.exitCode = 1
