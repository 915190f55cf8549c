import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { AttackModel } from '../../src/main/capabilities/mev/domain/sandwich/AttackModel.ts'
import { findBestAttack } from '../../src/main/capabilities/mev/domain/sandwich/findBestAttack.ts'
import {
  chooseTolerance,
  type ExposedTrade,
  type InclusionTime,
  limitAtTolerance,
  measureVolatility,
  type PriceObservation,
} from '../../src/main/capabilities/mev/index.ts'
import type { CostPerGas } from '../../src/main/capabilities/router/index.ts'
import { createRandom, type Random } from '../router/random.ts'
import { bruteForce } from './bruteForce.ts'
import { createTrade, type TradeSpec } from './createTrade.ts'

const BLOCK_SECONDS = 12
const ETHER_USD = 3_500
const HISTORY_BLOCKS = 150
const NAIVE_TOLERANCES_E6 = [5_000, 10_000]
/** Every so many public trades the attacker of brute force tries as well. */
const BRUTE_EVERY = 40

const CHANNELS = {
  public: { firstMs: BLOCK_SECONDS * 1000, blockTimeMs: BLOCK_SECONDS * 1000, chancePerBlock: 0.97 },
  private: { firstMs: BLOCK_SECONDS * 1000, blockTimeMs: BLOCK_SECONDS * 1000, chancePerBlock: 0.85 },
} satisfies Record<string, InclusionTime>

const { values } = parseArgs({
  options: {
    trades: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '20260101' },
    out: { type: 'string', default: new URL('results.json', import.meta.url).pathname },
  },
})
const count = Number(values.trades)
const random = createRandom(Number(values.seed))

const tally = {
  trades: 0,
  public: 0,
  private: 0,
  failedPublic: 0,
  failedPrivate: 0,
  attackablePublic: 0,
  bruteForced: 0,
  bruteForceProfits: 0,
}
const naive = NAIVE_TOLERANCES_E6.map((toleranceE6) => ({
  toleranceE6,
  attacked: 0,
  failed: 0,
  takenUsd: 0,
  lostUsd: 0,
}))
const chosenBps: number[] = []
const startedMs = performance.now()

while (tally.trades < count) {
  const spec = createTrade(random)
  const isSale = random.next() < 0.8
  const tradeAt = (move: number) => (isSale ? spec.sale(move) : spec.purchase(move))
  const quoted = tradeAt(0)
  if (quoted === undefined) continue
  const deviation = random.logBetween(2e-5, 4e-4) * Math.sqrt(BLOCK_SECONDS)
  const volatility = measureVolatility(createHistory(deviation))
  if (volatility === undefined) continue
  const baseFeeGwei = random.logBetween(0.3, 40)
  tally.trades += 1
  judge(quoted, spec, tradeAt, deviation, volatility, baseFeeGwei)
  if (tally.trades % 1000 === 0) console.error(`${tally.trades} of ${count}`)
}

function judge(
  quoted: ExposedTrade,
  spec: TradeSpec,
  tradeAt: (move: number) => ExposedTrade | undefined,
  deviation: number,
  volatility: NonNullable<ReturnType<typeof measureVolatility>>,
  baseFeeGwei: number,
): void {
  const costPerGas = costOf(spec, baseFeeGwei)
  const inPublic = chooseTolerance({
    trade: quoted,
    costPerGas,
    volatility,
    inclusion: CHANNELS.public,
    visibility: 'public',
  })
  const channel = inPublic.kind === 'settled' ? 'public' : 'private'
  const chosen =
    inPublic.kind === 'settled'
      ? inPublic
      : chooseTolerance({
          trade: quoted,
          costPerGas,
          volatility,
          inclusion: CHANNELS.private,
          visibility: 'private',
        })
  chosenBps.push(chosen.toleranceBps)
  tally[channel] += 1
  const blocks = drawBlocks(random, CHANNELS[channel])
  let move = 0
  let fee = baseFeeGwei
  for (let block = 0; block < blocks; block += 1) {
    move += deviation * drawReturn(random)
    fee *= 1 + random.between(-0.125, 0.125)
  }
  const included = tradeAt(move)
  const feeThen = costOf(spec, fee)
  const limit = limitAtTolerance(quoted, chosen.toleranceBps * 100)
  if (included === undefined || breaks(included, limit))
    tally[channel === 'public' ? 'failedPublic' : 'failedPrivate'] += 1
  else if (channel === 'public') {
    const model = new AttackModel(included, feeThen)
    const best = findBestAttack(model, limit)
    if (best !== undefined && best.profit > 0n) tally.attackablePublic += 1
    if (tally.public % BRUTE_EVERY === 0) {
      tally.bruteForced += 1
      const { profit, fronts } = bruteForce(included, limit)
      const legs = included.mode === 'exactIn' ? included.legs : included.paths.flat()
      const strikes = [...fronts].map(([leg, amountIn]) => ({ leg: legs.indexOf(leg), amountIn }))
      const gasCost = strikes.length === 0 ? 0n : (model.attempt(strikes)?.gasCost ?? 0n)
      if (profit > Number(gasCost)) tally.bruteForceProfits += 1
    }
  }
  for (const row of naive) {
    const naiveLimit = limitAtTolerance(quoted, row.toleranceE6)
    if (included === undefined || breaks(included, naiveLimit)) {
      row.failed += 1
      continue
    }
    const best = findBestAttack(new AttackModel(included, feeThen), naiveLimit)
    if (best === undefined || best.profit <= 0n) continue
    row.attacked += 1
    const usdPerUnit = spec.usdIn / 10 ** spec.decimalsIn
    row.takenUsd += Number(best.profit) * usdPerUnit
    const loss =
      included.mode === 'exactIn'
        ? (Number(included.amountOut - best.run.bought) / Number(included.amountOut)) *
          Number(included.amountIn)
        : Number(best.run.sold - included.amountIn)
    row.lostUsd += loss * usdPerUnit
  }
}

/** Prices at the ends of blocks, with rare large steps among the usual ones. */
function createHistory(deviation: number): PriceObservation[] {
  let price = 1
  return Array.from({ length: HISTORY_BLOCKS + 1 }, (_, at) => {
    if (at > 0) price *= Math.exp(deviation * drawReturn(random))
    return { timestampMs: at * BLOCK_SECONDS * 1000, price }
  })
}

/** A return of deviation one: normal, but three times as large in three blocks of a hundred. */
function drawReturn(source: Random): number {
  const isLarge = source.next() < 0.03
  return (source.normal() * (isLarge ? 3 : 1)) / Math.sqrt(0.97 + 0.03 * 9)
}

function drawBlocks(source: Random, { chancePerBlock }: InclusionTime): number {
  let blocks = 1
  while (source.next() > chancePerBlock) blocks += 1
  return blocks
}

function costOf({ usdIn, decimalsIn }: TradeSpec, gwei: number): CostPerGas {
  const unitsPerGas = ((gwei * 1e-9 * ETHER_USD) / usdIn) * 10 ** decimalsIn
  return { numerator: BigInt(Math.floor(unitsPerGas * 1e12)), denominator: 10n ** 12n }
}

function breaks(trade: ExposedTrade, limit: bigint): boolean {
  return trade.mode === 'exactIn' ? trade.amountOut < limit : trade.amountIn > limit
}

const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)}%`
const sorted = [...chosenBps].sort((a, b) => a - b)
const results = {
  seed: Number(values.seed),
  ...tally,
  failed: tally.failedPublic + tally.failedPrivate,
  failureRate: (tally.failedPublic + tally.failedPrivate) / tally.trades,
  toleranceBps: {
    median: sorted[sorted.length >> 1],
    p95: sorted[Math.floor(sorted.length * 0.95)],
    largest: sorted.at(-1),
  },
  naive,
  seconds: Math.round((performance.now() - startedMs) / 1000),
}
console.table([
  {
    policy: 'Minato, automatic',
    public: tally.public,
    private: tally.private,
    failed: percent(results.failed, tally.trades),
    'profitable sandwiches': tally.attackablePublic,
    'taken, USD': 0,
  },
  ...naive.map((row) => ({
    policy: `public, ${row.toleranceE6 / 1e4}%`,
    public: tally.trades,
    private: 0,
    failed: percent(row.failed, tally.trades),
    'profitable sandwiches': row.attacked,
    'taken, USD': Math.round(row.takenUsd),
  })),
])
console.log(
  `Brute force tried ${tally.bruteForced} of the public trades as well: ${tally.bruteForceProfits} profits. Tolerances: median ${results.toleranceBps.median} bps, 95% up to ${results.toleranceBps.p95} bps. ${results.seconds} s.`,
)
writeFileSync(values.out, `${JSON.stringify(results, undefined, 2)}\n`)
if (tally.attackablePublic > 0 || tally.bruteForceProfits > 0 || results.failureRate >= 0.02)
  process.exitCode = 1
