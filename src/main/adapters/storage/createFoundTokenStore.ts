import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { timestampMsSchema } from '../../../shared/contract/common.ts'
import { judgementReasonSchema } from '../../../shared/contract/tokens.ts'
import { addressSchema, chainIdSchema } from '../../../shared/identity/identity.ts'
import type { FoundTokenStore } from '../../capabilities/tokens/tokens.ports.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

const foundSchema = z.strictObject({
  token: z.strictObject({ chainId: chainIdSchema, address: addressSchema }),
  foundAtMs: timestampMsSchema,
  isOwnDoing: z.boolean(),
  recipients: z.int().nonnegative(),
  reasons: z.array(judgementReasonSchema),
  isHidden: z.boolean(),
  choice: z.enum(['shown', 'hidden']).exactOptional(),
})
const searchedSchema = z.strictObject({ first: z.bigint(), last: z.bigint() })

/** Tokens that came to the accounts, and how far they were searched for. */
export function createFoundTokenStore(database: DatabaseSync): FoundTokenStore {
  const selectAll = database.prepare('SELECT body FROM found_tokens ORDER BY chain_id, address')
  const upsert = database.prepare(
    `INSERT INTO found_tokens (chain_id, address, body) VALUES (?, ?, ?)
     ON CONFLICT (chain_id, address) DO UPDATE SET body = excluded.body`,
  )
  const selectSearch = database.prepare('SELECT body FROM token_searches WHERE chain_id = ? AND address = ?')
  const upsertSearch = database.prepare(
    `INSERT INTO token_searches (chain_id, address, body) VALUES (?, ?, ?)
     ON CONFLICT (chain_id, address) DO UPDATE SET body = excluded.body`,
  )
  return {
    readAll: () => selectAll.all().flatMap((row) => readBody(foundSchema, row) ?? []),
    write(found) {
      const { chainId, address } = found.token
      writeOrFail(() => upsert.run(chainId, address.toLowerCase(), encodeStored(found)))
    },
    readSearched: (chainId, account) =>
      readBody(searchedSchema, selectSearch.get(chainId, account.toLowerCase())),
    writeSearched(chainId, account, searched) {
      writeOrFail(() => upsertSearch.run(chainId, account.toLowerCase(), encodeStored(searched)))
    },
  }
}
