import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { timestampMsSchema } from '../../../shared/contract/common.ts'
import { hashSchema } from '../../../shared/identity/identity.ts'
import type { PriceHistoryStore } from '../../capabilities/swaps/index.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

const schema = z.strictObject({
  readTo: z.strictObject({ number: z.bigint(), hash: hashSchema, timestampMs: timestampMsSchema }),
  prices: z.array(
    z.strictObject({ blockNumber: z.bigint(), timestampMs: timestampMsSchema, logPrice: z.number() }),
  ),
})

/** Past prices of pools. */
export function createPriceHistoryStore(database: DatabaseSync): PriceHistoryStore {
  const select = database.prepare('SELECT body FROM pool_prices WHERE chain_id = ? AND pool_id = ?')
  const upsert = database.prepare(
    `INSERT INTO pool_prices (chain_id, pool_id, body) VALUES (?, ?, ?)
     ON CONFLICT (chain_id, pool_id) DO UPDATE SET body = excluded.body`,
  )
  return {
    read: (chainId, poolId) => readBody(schema, select.get(chainId, poolId)),
    write(chainId, poolId, { readTo, prices }) {
      const body = encodeStored({
        readTo: { number: readTo.number, hash: readTo.hash, timestampMs: readTo.timestampMs },
        prices,
      })
      writeOrFail(() => upsert.run(chainId, poolId, body))
    },
  }
}
