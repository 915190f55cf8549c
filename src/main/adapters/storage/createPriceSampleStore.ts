import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { PriceSample } from '../../../shared/contract/prices.ts'
import { usdE18 } from '../../../shared/money/units.ts'
import type { PriceSampleStore } from '../../capabilities/prices/index.ts'
import { writeOrFail } from './writeOrFail.ts'

const rowsSchema = z.array(z.object({ at_ms: z.int(), usd: z.string().regex(/^\d{1,78}$/) }))

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const thinEveryMs = 6 * hourMs
/** Nearer than this to another sample, only a notable change is worth a row. */
const usualGapMs = 5 * minuteMs
/** Of what is older than `afterMs`, one sample in each stretch of `stepMs` is kept. */
const thinnings = [
  { afterMs: 2 * dayMs, stepMs: hourMs },
  { afterMs: 90 * dayMs, stepMs: dayMs },
] as const

/** Past prices: by five minutes for two days, by the hour for three months, by the day after that. */
export function createPriceSampleStore(database: DatabaseSync): PriceSampleStore {
  const select = database.prepare(
    `SELECT at_ms, usd FROM price_samples WHERE subject = ? AND at_ms IN
       (SELECT max(at_ms) FROM price_samples WHERE subject = ? AND at_ms >= ? GROUP BY at_ms / ?) ORDER BY at_ms`,
  )
  const before = database.prepare(
    'SELECT at_ms, usd FROM price_samples WHERE subject = ? AND at_ms <= ? ORDER BY at_ms DESC LIMIT 1',
  )
  const after = database.prepare(
    'SELECT at_ms, usd FROM price_samples WHERE subject = ? AND at_ms > ? ORDER BY at_ms LIMIT 1',
  )
  const upsert = database.prepare(
    'INSERT INTO price_samples (subject, at_ms, usd) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET usd = excluded.usd',
  )
  const drop = database.prepare('DELETE FROM price_samples WHERE subject GLOB ? AND at_ms > ?')
  const thin = database.prepare(
    `DELETE FROM price_samples WHERE at_ms < ? AND EXISTS (
       SELECT 1 FROM price_samples AS kept
       WHERE kept.subject = price_samples.subject AND kept.at_ms < price_samples.at_ms
         AND kept.at_ms >= price_samples.at_ms - price_samples.at_ms % ?)`,
  )
  let thinnedAtMs = 0

  const toSamples = (rows: unknown): PriceSample[] =>
    rowsSchema.parse(rows).map(({ at_ms, usd }) => ({ atMs: at_ms, usd: usdE18(BigInt(usd)) }))

  function findNear(subject: string, atMs: number, withinMs: number): PriceSample | undefined {
    const [earlier] = toSamples(before.all(subject, atMs))
    const [later] = toSamples(after.all(subject, atMs))
    const nearer =
      earlier && later ? (atMs - earlier.atMs <= later.atMs - atMs ? earlier : later) : (earlier ?? later)
    return nearer && Math.abs(nearer.atMs - atMs) <= withinMs ? nearer : undefined
  }

  return {
    read: (subject, sinceMs, stepMs) =>
      toSamples(select.all(subject, subject, sinceMs, Math.max(1, Math.round(stepMs)))),
    findNear,

    write(subject, { atMs, usd }) {
      const near = findNear(subject, atMs, usualGapMs - 1)
      if (near && (Math.abs(near.atMs - atMs) < minuteMs || isAlike(near.usd, usd))) return
      writeOrFail(() => {
        upsert.run(subject, atMs, usd.toString())
        if (atMs - thinnedAtMs < thinEveryMs) return
        thinnedAtMs = atMs
        for (const { afterMs, stepMs } of thinnings) thin.run(atMs - afterMs, stepMs)
      })
    },

    dropAfter(chainId, atMs) {
      writeOrFail(() => drop.run(`${chainId}:*`, atMs))
    },
  }
}

/** Whether two prices differ by less than one percent. */
function isAlike(a: bigint, b: bigint): boolean {
  const difference = a > b ? a - b : b - a
  return difference * 100n < (a > b ? a : b)
}
