import { parseArgs } from 'node:util'
import { sqrtPriceAtTick } from '../../src/main/capabilities/router/domain/pools/concentrated/tickMath.ts'
import type { Pool } from '../../src/main/capabilities/router/domain/pools/Pool.ts'
import { outputAt } from '../../src/main/capabilities/router/domain/pools/SwapCurve.ts'
import { createUniswapV2Pool } from '../../src/main/capabilities/router/domain/pools/uniswapV2.ts'
import { createUniswapV3Pool } from '../../src/main/capabilities/router/domain/pools/uniswapV3.ts'

/**
 * How long one quote takes: the float one that the search uses, and the exact one that is promised.
 *
 * `node bench/router/quotes.ts [--rounds 200000]`
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200000' } } })
const rounds = Number(values.rounds)

const ticks = Array.from({ length: 41 }, (_, index) => ({
  tick: (index - 20) * 600,
  liquidityNet: index < 20 ? 10n ** 20n : index > 20 ? -(10n ** 20n) : 0n,
})).filter(({ liquidityNet }) => liquidityNet !== 0n)
const v3 = createUniswapV3Pool({
  id: 'v3',
  venue: 'uniswapV3',
  tokens: ['a', 'b'],
  feePips: 3_000,
  tickSpacing: 60,
  sqrtPriceX96: sqrtPriceAtTick(30),
  tick: 30,
  liquidity: 20n * 10n ** 20n,
  ticks,
})
const v2 = createUniswapV2Pool({
  id: 'v2',
  venue: 'uniswapV2',
  tokens: ['a', 'b'],
  reserves: [10n ** 24n, 10n ** 24n],
})

/** Median of nine runs, in microseconds a quote. */
function measure(quote: (amount: bigint, inFloat: number) => unknown, amount: bigint): number {
  const amounts = Array.from({ length: 64 }, (_, index) => amount + BigInt(index) * (amount / 1_000n))
  const floats = amounts.map(Number)
  const runs = Array.from({ length: 9 }, () => {
    const before = process.cpuUsage()
    for (let round = 0; round < rounds; round += 1)
      quote(amounts[round & 63] as bigint, floats[round & 63] as number)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / rounds
  }).sort((a, b) => a - b)
  return runs[4] as number
}

function row(name: string, pool: Pool, amount: bigint) {
  const curve = pool.curve(0, 1)
  if (!curve) throw new Error('This pool trades nothing')
  return {
    quote: name,
    'ticks crossed': pool.quoteExactIn(0, 1, amount).ticksCrossed,
    'float µs': measure((_, input) => outputAt(curve, input), amount).toFixed(3),
    'exact µs': measure((exact) => pool.quoteExactIn(0, 1, exact), amount).toFixed(2),
  }
}

console.log(`Node ${process.version}; processor time, median of nine runs of ${rounds} quotes`)
console.table([
  row('V2', v2, 10n ** 20n),
  row('V3, one step', v3, 10n ** 18n),
  row('V3, four steps', v3, 15n * 10n ** 19n),
])
