import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { PegSampleStore } from '../../capabilities/assets/index.ts'
import { writeOrFail } from './writeOrFail.ts'

const rowsSchema = z.array(z.object({ at_ms: z.number(), deviation_bps: z.number() }))

const minuteMs = 60_000
/** A change of this much is kept at once, however near the sample before. */
const notableBps = 5
/** Samples older than this are dropped: 400 days. */
const keptMs = 400 * 86_400_000

/** What was seen of coins' pegs, at most one sample a minute and coin unless it moved. */
export function createPegSampleStore(database: DatabaseSync): PegSampleStore {
  const select = database.prepare(
    'SELECT at_ms, deviation_bps FROM peg_samples WHERE chain_id = ? AND address = ? AND at_ms >= ? ORDER BY at_ms',
  )
  const newest = database.prepare(
    'SELECT at_ms, deviation_bps FROM peg_samples WHERE chain_id = ? AND address = ? ORDER BY at_ms DESC LIMIT 1',
  )
  const insert = database.prepare(
    'INSERT INTO peg_samples (chain_id, address, at_ms, deviation_bps) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET deviation_bps = excluded.deviation_bps',
  )
  const drop = database.prepare('DELETE FROM peg_samples WHERE chain_id = ? AND address = ? AND at_ms < ?')
  return {
    read: ({ chainId, address }, sinceMs) =>
      rowsSchema
        .parse(select.all(chainId, address.toLowerCase(), sinceMs))
        .map((row) => ({ atMs: row.at_ms, deviationBps: row.deviation_bps })),

    write({ chainId, address }, { atMs, deviationBps }) {
      const key = address.toLowerCase()
      const [before] = rowsSchema.parse(newest.all(chainId, key))
      const isSoon = before !== undefined && atMs - before.at_ms < minuteMs
      if (isSoon && Math.abs(before.deviation_bps - deviationBps) < notableBps) return
      writeOrFail(() => {
        insert.run(chainId, key, atMs, deviationBps)
        drop.run(chainId, key, atMs - keptMs)
      })
    },
  }
}
