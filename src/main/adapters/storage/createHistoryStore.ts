import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { activitySchema } from '../../../shared/contract/activity.ts'
import { timestampMsSchema } from '../../../shared/contract/common.ts'
import { hashSchema } from '../../../shared/identity/identity.ts'
import type { HistoryStore } from '../../capabilities/activity/activity.ports.ts'
import { createActivityTexts } from './createActivityTexts.ts'
import { readBody } from './readBody.ts'
import { decodeStored, encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

const cursorSchema = z.strictObject({
  blockNumber: z.bigint(),
  blockHash: hashSchema,
  coinBalance: z.bigint().exactOptional(),
  tokensSinceMs: z.int().nonnegative().exactOptional(),
  coinSinceMs: z.int().nonnegative().exactOptional(),
  unread: z
    .array(
      z.strictObject({
        firstBlock: z.bigint(),
        lastBlock: z.bigint(),
        firstMs: timestampMsSchema,
        lastMs: timestampMsSchema,
      }),
    )
    .exactOptional(),
})

/** What was seen on the chain, and how far it has been looked at. A row that cannot be read is seen anew. */
export function createHistoryStore(database: DatabaseSync): HistoryStore {
  const texts = createActivityTexts(database)
  const upsert = database.prepare(
    `INSERT INTO observed_activity (id, chain_id, account_id, block_number, at_ms, kind, is_suspicious, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET block_number = excluded.block_number, at_ms = excluded.at_ms,
       kind = excluded.kind, is_suspicious = excluded.is_suspicious, body = excluded.body
     RETURNING sequence`,
  )
  const selectFrom = database.prepare(
    'SELECT body FROM observed_activity WHERE chain_id = ? AND block_number >= ? ORDER BY block_number',
  )
  const selectCursor = database.prepare('SELECT body FROM history_cursors WHERE chain_id = ? AND address = ?')
  const upsertCursor = database.prepare(
    `INSERT INTO history_cursors (chain_id, address, body) VALUES (?, ?, ?)
     ON CONFLICT (chain_id, address) DO UPDATE SET body = excluded.body`,
  )
  return {
    write(activities) {
      writeOrFail(() => {
        database.exec('BEGIN')
        try {
          for (const activity of activities) {
            const row = upsert.get(
              activity.id,
              activity.chainId,
              activity.accountId,
              activity.receipt?.blockNumber ?? 0n,
              activity.createdAtMs,
              activity.kind,
              activity.suspicion === undefined ? 0 : 1,
              encodeStored(activity),
            )
            texts.write('observed', Number(row?.sequence), activity)
          }
          database.exec('COMMIT')
        } catch (thrown) {
          database.exec('ROLLBACK')
          throw thrown
        }
      })
    },
    listFrom: (chainId, blockNumber) =>
      selectFrom.all(chainId, blockNumber).map((row) => activitySchema.parse(decodeStored(String(row.body)))),
    readCursor: (chainId, address) =>
      readBody(cursorSchema, selectCursor.get(chainId, address.toLowerCase())),
    writeCursor(chainId, address, cursor) {
      writeOrFail(() => upsertCursor.run(chainId, address.toLowerCase(), encodeStored(cursor)))
    },
  }
}
