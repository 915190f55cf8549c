import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { addressSchema } from '../../../shared/identity/identity.ts'
import type { AllowanceStore } from '../../capabilities/allowances/index.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

const scanSchema = z.strictObject({
  fromBlock: z.bigint(),
  toBlock: z.bigint(),
  rights: z.array(
    z.strictObject({ kind: z.enum(['token', 'permit2']), token: addressSchema, spender: addressSchema }),
  ),
})

/** Rights that were found before, so that no block has to be looked at twice. */
export function createAllowanceStore(database: DatabaseSync): AllowanceStore {
  const select = database.prepare('SELECT body FROM allowance_scans WHERE chain_id = ? AND owner = ?')
  const upsert = database.prepare(
    `INSERT INTO allowance_scans (chain_id, owner, body) VALUES (?, ?, ?)
     ON CONFLICT (chain_id, owner) DO UPDATE SET body = excluded.body`,
  )
  return {
    read: (chainId, owner) => readBody(scanSchema, select.get(chainId, owner.toLowerCase())),
    write(chainId, owner, scan) {
      writeOrFail(() => upsert.run(chainId, owner.toLowerCase(), encodeStored(scan)))
    },
  }
}
