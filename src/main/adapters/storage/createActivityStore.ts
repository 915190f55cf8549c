import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type Activity, activitySchema } from '../../../shared/contract/activity.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { addressSchema, hashSchema } from '../../../shared/identity/identity.ts'
import type { ActivityRecord, ActivityStore } from '../../capabilities/activity/activity.ports.ts'
import { createActivityPages } from './createActivityPages.ts'
import { createActivityTexts } from './createActivityTexts.ts'
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

/** What was signed here. Unlike caches, a row that cannot be read is an error: it may be the only trace of a signed transaction. */
export function createActivityStore(database: DatabaseSync): ActivityStore {
  const texts = createActivityTexts(database)
  const pages = createActivityPages(database, texts)
  const insertRow = database.prepare(
    `INSERT INTO activity (id, chain_id, account_id, from_address, nonce, is_final, body, at_ms, kind)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING sequence`,
  )
  const updateRow = database.prepare('UPDATE activity SET is_final = ?, body = ? WHERE id = ?')
  const selectById = database.prepare('SELECT body FROM activity WHERE id = ?')
  const selectOpen = database.prepare(
    'SELECT body FROM activity WHERE chain_id = ? AND is_final = 0 ORDER BY sequence',
  )
  const selectByNonce = database.prepare(
    'SELECT body FROM activity WHERE chain_id = ? AND from_address = ? AND nonce = ? ORDER BY sequence',
  )
  const selectSigned = database.prepare(
    `SELECT 1 FROM activity
     WHERE chain_id = ? AND from_address = ? AND json_extract(body, '$.activity.transactionHash') = ?`,
  )

  return {
    insert(record) {
      const { activity } = record
      writeOrFail(() => {
        const row = insertRow.get(
          activity.id,
          activity.chainId,
          activity.accountId,
          activity.from.toLowerCase(),
          nonceOf(activity),
          record.isFinal ? 1 : 0,
          encodeStored(record),
          activity.createdAtMs,
          activity.kind,
        )
        texts.write('signed', Number(row?.sequence), activity)
      })
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
    isSigned: (chainId, from, hash) => selectSigned.get(chainId, from.toLowerCase(), hash) !== undefined,
    ...pages,
  }
}

function nonceOf({ nonce }: Activity): number {
  if (nonce === undefined) throw new RangeError('A signed transaction has a number')
  return nonce
}

function readRecord(row: Record<string, unknown>): ActivityRecord {
  try {
    return recordSchema.parse(decodeStored(String(row.body)))
  } catch (thrown) {
    throw new AppError('storage.damaged', { reason: 'activityRow' }, { cause: thrown })
  }
}
