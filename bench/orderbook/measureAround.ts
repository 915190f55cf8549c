import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { openJournalFile } from '../../src/main/adapters/journal/openJournalFile.ts'
import type { EngineCommand } from '../../src/main/capabilities/orderbook/domain/engine/commands.ts'
import { OrderEngine } from '../../src/main/capabilities/orderbook/domain/engine/OrderEngine.ts'
import { findRings } from '../../src/main/capabilities/orderbook/domain/rings/findRings.ts'
import { defaultPriceWindowRules, openDurableEngine } from '../../src/main/capabilities/orderbook/index.ts'
import { createRingOrders } from './createRingOrders.ts'
import { createRandom } from './createWorkload.ts'

function place(id: string, market: string, terms: (EngineCommand & { kind: 'place' })['order']['terms']) {
  const command: EngineCommand = {
    kind: 'place',
    order: {
      id,
      account: 'account',
      market,
      side: 'sell',
      size: 10n ** 18n,
      sizedIn: 'base',
      terms,
      timeInForce: { kind: 'goodTillCancelled' },
      postOnly: false,
      minimumFill: 0n,
      selfTrade: 'allow',
    },
  }
  return command
}

/** 10,000 armed orders over 100 pairs, a third of them trailing: a new price of every pair in every block. */
export function measureTriggers() {
  const random = createRandom(11)
  const engine = new OrderEngine()
  const price = (value: number) => ({ quote: BigInt(Math.round(value * 1e6)), base: 10n ** 18n })
  for (let at = 0; at < 10_000; at += 1) {
    const trigger = price(3_000 * (0.5 + random() * 0.45))
    const kind = at % 3
    engine.execute(
      place(
        `order-${at}`,
        `market-${at % 100}`,
        kind === 0
          ? { type: 'trailingStop', distanceBps: 500 + Math.floor(random() * 4_000), limit: undefined }
          : kind === 1
            ? { type: 'stop', trigger, limit: undefined }
            : { type: 'takeProfit', trigger: price(3_000 * (1.05 + random())), limit: undefined },
      ),
    )
  }
  const values = new Float64Array(100).fill(3_000)
  const times: number[] = []
  let fired = 0
  for (let block = 1; block <= 300; block += 1) {
    const startedAt = performance.now()
    for (let market = 0; market < 100; market += 1) {
      values[market] = (values[market] as number) * (1 + (random() - 0.5) * 0.01)
      const name = `market-${market}`
      engine.execute({
        kind: 'observe',
        market: name,
        source: 'pool',
        block,
        timestampMs: block * 12_000,
        price: price(values[market] as number),
      })
      for (const event of engine.execute({ kind: 'evaluate', market: name })) {
        if (event.kind === 'triggered') fired += 1
      }
    }
    times.push(performance.now() - startedAt)
  }
  times.sort((a, b) => a - b)
  return { armed: 10_000, pairs: 100, blocks: 300, fired, medianMs: at(times, 0.5), p99Ms: at(times, 0.99) }
}

/** Rings over 10,000 orders: in a market where few orders cross, and in one where a fifth would. */
export function measureRings() {
  return [
    { market: 'few rings', generosity: 0.02 },
    { market: 'crowded', generosity: 0.25 },
  ].map(({ market, generosity }) => {
    const orders = createRingOrders(5, 10_000, 100, 0.3, generosity)
    const times: number[] = []
    let bestCpuMs = Number.POSITIVE_INFINITY
    let rings = 0
    for (let round = 0; round < 25; round += 1) {
      const cpuBefore = process.threadCpuUsage()
      const startedAt = performance.now()
      rings = findRings(orders).length
      times.push(performance.now() - startedAt)
      const cpu = process.threadCpuUsage(cpuBefore)
      bestCpuMs = Math.min(bestCpuMs, (cpu.user + cpu.system) / 1_000)
    }
    times.sort((a, b) => a - b)
    return {
      market,
      orders: orders.length,
      tokens: 100,
      rings,
      medianMs: at(times, 0.5),
      bestMs: at(times, 0),
      /** Of the thread alone, which a busy machine falsifies less. */
      bestCpuMs: Math.round(bestCpuMs * 100) / 100,
    }
  })
}

/** Commands a second whose events are on the disk before they are returned: one at a time, and many at once. */
export async function measureJournal() {
  const folder = await mkdtemp(join(tmpdir(), 'minato-bench-'))
  try {
    const results: { atOnce: number; commandsPerSecond: number }[] = []
    for (const atOnce of [1, 64, 1_024]) {
      const file = await openJournalFile(join(folder, `${atOnce}.journal`))
      const engine = await openDurableEngine(file, defaultPriceWindowRules)
      const count = atOnce === 1 ? 300 : 40 * atOnce
      const random = createRandom(12)
      const startedAt = performance.now()
      for (let at = 0; at < count; at += atOnce) {
        await Promise.all(
          Array.from({ length: atOnce }, (_, index) => {
            const limit = { quote: BigInt(90_000 + Math.floor(random() * 10_000)), base: 1n }
            return engine.execute(place(`order-${at + index}`, 'market', { type: 'limit', limit }))
          }),
        )
      }
      const seconds = (performance.now() - startedAt) / 1_000
      await file.close()
      results.push({ atOnce, commandsPerSecond: Math.round(count / seconds) })
    }
    return results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function at(sorted: readonly number[], share: number): number {
  return Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 100) / 100
}
