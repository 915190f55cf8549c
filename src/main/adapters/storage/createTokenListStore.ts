import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { timestampMsSchema } from '../../../shared/contract/common.ts'
import { addressSchema, chainIdSchema } from '../../../shared/identity/identity.ts'
import { assetClassSchema } from '../../../shared/identity/token.ts'
import type { TokenListStore } from '../../capabilities/tokens/tokens.ports.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

const schema = z.strictObject({
  id: z.string(),
  origin: z.enum(['url', 'file', 'pasted']),
  url: z.string().exactOptional(),
  isEnabled: z.boolean(),
  addedAtMs: timestampMsSchema,
  list: z.strictObject({
    name: z.string(),
    version: z.string(),
    writtenAt: z.string().exactOptional(),
    tokens: z.array(
      z.strictObject({
        ref: z.strictObject({ chainId: chainIdSchema, address: addressSchema }),
        symbol: z.string(),
        name: z.string(),
        decimals: z.int(),
        assetClass: assetClassSchema,
      }),
    ),
    skipped: z.int(),
  }),
})

/** Token lists that the user added. */
export function createTokenListStore(database: DatabaseSync): TokenListStore {
  const selectAll = database.prepare('SELECT body FROM token_lists ORDER BY added_at_ms, id')
  const upsert = database.prepare(
    'INSERT INTO token_lists (id, added_at_ms, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  )
  const drop = database.prepare('DELETE FROM token_lists WHERE id = ?')
  return {
    readAll: () => selectAll.all().flatMap((row) => readBody(schema, row) ?? []),
    write(entry) {
      writeOrFail(() => upsert.run(entry.id, entry.addedAtMs, encodeStored(entry)))
    },
    remove(id) {
      writeOrFail(() => drop.run(id))
    },
  }
}
