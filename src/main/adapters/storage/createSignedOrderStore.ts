import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { signedOrderIdSchema } from '../../../shared/contract/signedOrders.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { accountIdSchema, hashSchema } from '../../../shared/identity/identity.ts'
import { signedOrderSchema } from '../../capabilities/orderbook/index.ts'
import type { SignedOrderRecord, SignedOrderStore } from '../../capabilities/signedOrders/index.ts'
import { decodeStored, encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

const recordSchema = z.strictObject({
  id: signedOrderIdSchema,
  hash: hashSchema,
  signed: signedOrderSchema,
  accountId: accountIdSchema.optional(),
  alternativesId: z.string().optional(),
  addedAtMs: z.int(),
  filled: z.bigint(),
  ended: z.enum(['expired', 'filled', 'cancelled', 'usedUp']).optional(),
  cancelActivityId: z.string().optional(),
})

/** Orders that were signed, or received. A row that cannot be read is an error: somebody may hold what it was the only trace of. */
export function createSignedOrderStore(database: DatabaseSync): SignedOrderStore {
  const upsert = database.prepare(
    'INSERT INTO signed_orders (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  )
  const remove = database.prepare('DELETE FROM signed_orders WHERE id = ?')
  const select = database.prepare('SELECT body FROM signed_orders ORDER BY sequence')
  return {
    save(record) {
      writeOrFail(() => upsert.run(record.id, encodeStored(record)))
    },
    remove(id) {
      writeOrFail(() => remove.run(id))
    },
    list: () => select.all().map(readRecord),
  }
}

function readRecord(row: Record<string, unknown>): SignedOrderRecord {
  try {
    const { accountId, alternativesId, ended, cancelActivityId, ...record } = recordSchema.parse(
      decodeStored(String(row.body)),
    )
    return { ...record, accountId, alternativesId, ended, cancelActivityId }
  } catch (thrown) {
    throw new AppError('storage.damaged', { reason: 'signedOrderRow' }, { cause: thrown })
  }
}
