import { expect, it } from 'vitest'
import type { Address } from '../../../../shared/identity/identity.ts'
import { createUniswapV3Pool } from '../../router/index.ts'
import { createMarket } from '../../swaps/index.ts'
import { bareVenues, searchHere } from '../testing/searchHere.ts'
import { layoutPoolLevels } from './layoutPoolLevels.ts'

const base: Address = '0x00000000000000000000000000000000000000aa'
const quote: Address = '0x00000000000000000000000000000000000000bb'
const address: Address = '0x00000000000000000000000000000000000000cc'
const unit = 10n ** 18n
/** One for one, with nearly all liquidity within six percent and a trace of it as far as prices go. */
const pool = createUniswapV3Pool({
  id: address,
  venue: 'uniswapV3',
  tokens: [base, quote],
  feePips: 500,
  tickSpacing: 60,
  sqrtPriceX96: 1n << 96n,
  tick: 0,
  liquidity: 1_000_010n * unit,
  ticks: [
    { tick: -600_000, liquidityNet: 10n * unit },
    { tick: -600, liquidityNet: 1_000_000n * unit },
    { tick: 600, liquidityNet: -1_000_000n * unit },
    { tick: 600_000, liquidityNet: -10n * unit },
  ],
})
const market = createMarket(
  [{ pool, key: { venue: 'uniswapV3', address, feePips: 500, tickSpacing: 60 } }],
  bareVenues,
)

it.each(['bids', 'asks'] as const)(
  'shows of %s neither too little nor the far end of a pool',
  async (side) => {
    for (const smallest of [unit / 10_000n, unit]) {
      const levels = await layoutPoolLevels(searchHere, market, base, quote, side, smallest, 16)
      const [given, got] = levels.reduce(
        ([quoted, based], level) => [
          quoted + (level.base * level.price.quote) / level.price.base,
          based + level.base,
        ],
        [0n, 0n],
      )
      const average = Number(given) / Number(got)
      const worse = side === 'bids' ? 1 / average : average
      expect(worse).toBeGreaterThan(1.03)
      expect(worse).toBeLessThan(1.11)
      expect(levels.length).toBeGreaterThan(8)
    }
  },
)
