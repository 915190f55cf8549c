import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { orderFillSchema, orderIdSchema, orderSchema } from '../../../shared/contract/orders.ts'
import { ruleIdSchema } from '../../../shared/contract/rules.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { addressSchema, chainIdSchema } from '../../../shared/identity/identity.ts'
import type { Execution, OrderRecord, OrderStore } from '../../capabilities/orders/index.ts'
import { decodeStored, encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

const recordSchema = z.strictObject({
  order: orderSchema.omit({ legs: true, fills: true, ruleIds: true }),
  // The engine checks what it is given, and wrote these itself.
  command: z.custom<OrderRecord['command']>((value) => hasText(value, 'kind')),
  legs: z.array(z.custom<OrderRecord['legs'][number]>((value) => hasText(value, 'id'))).min(1),
  ruleIds: z.array(ruleIdSchema),
  fills: z.array(orderFillSchema),
  hasOwnPrice: z.boolean(),
  hasRules: z.boolean(),
})

const executionSchema = z.strictObject({
  id: z.string(),
  orderId: orderIdSchema,
  engineId: z.string(),
  status: z.enum(['signed', 'settling', 'settled']),
  chainId: chainIdSchema,
  from: addressSchema,
  createdAtMs: z.int(),
  validUntilMs: z.int(),
  units: z.bigint(),
  minimum: z.bigint(),
  transactions: z
    .array(z.custom<Execution['transactions'][number]>((value) => hasText(value, 'signedTransaction')))
    .min(1),
  fill: orderFillSchema.optional(),
})

/** Armed orders and their fills. A row that cannot be read is an error: it may be the only trace of something signed. */
export function createOrderStore(database: DatabaseSync): OrderStore {
  const insertRow = database.prepare(
    'INSERT INTO orders (id, account_id, is_open, has_rules, ended_at_ms, body) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const updateRow = database.prepare(
    'UPDATE orders SET is_open = ?, has_rules = ?, ended_at_ms = ?, body = ? WHERE id = ?',
  )
  const selectOrder = database.prepare('SELECT body FROM orders WHERE id = ?')
  const selectLive = database.prepare(
    'SELECT body FROM orders WHERE is_open = 1 OR has_rules = 1 ORDER BY sequence',
  )
  const selectEnded = database.prepare(
    `SELECT sequence, ended_at_ms, body FROM orders
     WHERE is_open = 0 AND account_id IN (SELECT value FROM json_each(?))
       AND (ended_at_ms < ? OR (ended_at_ms = ? AND sequence < ?))
     ORDER BY ended_at_ms DESC, sequence DESC LIMIT ?`,
  )
  const insertExecution = database.prepare(
    'INSERT INTO order_executions (id, transaction_hash, is_settled, body) VALUES (?, ?, ?, ?)',
  )
  const updateExecution = database.prepare(
    'UPDATE order_executions SET is_settled = ?, body = ? WHERE id = ?',
  )
  const selectByHash = database.prepare('SELECT body FROM order_executions WHERE transaction_hash = ?')
  const selectOpenExecutions = database.prepare(
    'SELECT body FROM order_executions WHERE is_settled = 0 ORDER BY sequence',
  )
  const flags = ({ order, hasRules }: OrderRecord) =>
    [order.status === 'open' ? 1 : 0, hasRules ? 1 : 0, order.endedAtMs ?? null] as const

  return {
    insertOrder(record) {
      const { id, accountId } = record.order
      writeOrFail(() => insertRow.run(id, accountId, ...flags(record), encodeStored(record)))
    },
    updateOrder(record) {
      writeOrFail(() => updateRow.run(...flags(record), encodeStored(record), record.order.id))
    },
    findOrder(id) {
      const row = selectOrder.get(id)
      return row && readOrder(row)
    },
    listLive: () => selectLive.all().map(readOrder),
    listEnded({ accountIds, cursor, limit }) {
      const [endedAtMs, sequence] = cursor === undefined ? newest : parseCursor(cursor)
      const rows = selectEnded.all(JSON.stringify(accountIds), endedAtMs, endedAtMs, sequence, limit + 1)
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        records: shown.map(readOrder),
        nextCursor: rows.length > limit && last ? `${last.ended_at_ms}.${last.sequence}` : undefined,
      }
    },
    insertExecution(execution) {
      const hash = execution.transactions.at(-1)?.transactionHash ?? ''
      writeOrFail(() =>
        insertExecution.run(
          execution.id,
          hash,
          execution.status === 'settled' ? 1 : 0,
          encodeStored(execution),
        ),
      )
    },
    updateExecution(execution) {
      const isSettled = execution.status === 'settled' ? 1 : 0
      writeOrFail(() => updateExecution.run(isSettled, encodeStored(execution), execution.id))
    },
    findExecution(transactionHash) {
      const row = selectByHash.get(transactionHash)
      return row && readExecution(row)
    },
    listOpenExecutions: () => selectOpenExecutions.all().map(readExecution),
  }
}

const newest = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const

function readOrder(row: Record<string, unknown>): OrderRecord {
  try {
    return recordSchema.parse(decodeStored(String(row.body)))
  } catch (thrown) {
    throw new AppError('storage.damaged', { reason: 'orderRow' }, { cause: thrown })
  }
}

function readExecution(row: Record<string, unknown>): Execution {
  try {
    const { fill, ...execution } = executionSchema.parse(decodeStored(String(row.body)))
    return { ...execution, fill }
  } catch (thrown) {
    throw new AppError('storage.damaged', { reason: 'executionRow' }, { cause: thrown })
  }
}

function hasText(value: unknown, key: string): boolean {
  return (
    typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[key] === 'string'
  )
}

function parseCursor(cursor: string): readonly [number, number] {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor)
  if (!match) throw new AppError('request.invalid', { path: 'cursor', rule: 'format' })
  return [Number(match[1]), Number(match[2])]
}
