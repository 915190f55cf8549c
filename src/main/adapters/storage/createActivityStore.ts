import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { activitySchema } from '../../../shared/contract/activity.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { addressSchema, hashSchema } from '../../../shared/identity/identity.ts'
import type { ActivityRecord, ActivityStore } from '../../capabilities/activity/activity.ports.ts'
import { decodeStored, encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

const hexSchema = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x[0-9a-f]*$/.test(value))

const recordSchema = z.strictObject({
  activity: activitySchema,
  signedTransaction: hexSchema,
  call: z.strictObject({ to: addressSchema, value: z.bigint(), data: hexSchema, gas: z.bigint() }),
  anchor: z.strictObject({ blockNumber: z.bigint(), blockHash: hashSchema }).exactOptional(),
  settledAtBlock: z.bigint().exactOptional(),
  isFinal: z.boolean(),
})

/** The activity list. Unlike caches, a row that cannot be read is an error: it may be the only trace of a signed transaction. */
export function createActivityStore(database: DatabaseSync): ActivityStore {
  const insertRow = database.prepare(
    `INSERT INTO activity (id, chain_id, account_id, from_address, nonce, is_final, body)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const updateRow = database.prepare('UPDATE activity SET is_final = ?, body = ? WHERE id = ?')
  const selectById = database.prepare('SELECT body FROM activity WHERE id = ?')
  const selectOpen = database.prepare(
    'SELECT body FROM activity WHERE chain_id = ? AND is_final = 0 ORDER BY sequence',
  )
  const selectByNonce = database.prepare(
    'SELECT body FROM activity WHERE chain_id = ? AND from_address = ? AND nonce = ? ORDER BY sequence',
  )
  const selectPage = database.prepare(
    `SELECT sequence, body FROM activity
     WHERE sequence < ? AND account_id IN (SELECT value FROM json_each(?))
     ORDER BY sequence DESC LIMIT ?`,
  )

  return {
    insert(record) {
      const { activity } = record
      writeOrFail(() =>
        insertRow.run(
          activity.id,
          activity.chainId,
          activity.accountId,
          activity.from.toLowerCase(),
          activity.nonce,
          record.isFinal ? 1 : 0,
          encodeStored(record),
        ),
      )
    },
    update(record) {
      writeOrFail(() => updateRow.run(record.isFinal ? 1 : 0, encodeStored(record), record.activity.id))
    },
    find(id) {
      const row = selectById.get(id)
      return row && readRecord(row)
    },
    listOpen: (chainId) => selectOpen.all(chainId).map(readRecord),
    listByNonce: (chainId, from, nonce) =>
      selectByNonce.all(chainId, from.toLowerCase(), nonce).map(readRecord),
    listPage({ accountIds, cursor, limit }) {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : parseCursor(cursor)
      const rows = selectPage.all(before, JSON.stringify(accountIds), limit + 1)
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        records: shown.map(readRecord),
        nextCursor: rows.length > limit && last ? String(last.sequence) : undefined,
      }
    },
  }
}

function readRecord(row: Record<string, unknown>): ActivityRecord {
  try {
    return recordSchema.parse(decodeStored(String(row.body)))
  } catch (thrown) {
    throw new AppError('storage.damaged', { reason: 'activityRow' }, { cause: thrown })
  }
}

function parseCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw new AppError('request.invalid', { path: 'cursor', rule: 'format' })
  return Number(cursor)
}
