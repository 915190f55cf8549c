import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { TokenMetadataStore } from '../../capabilities/tokens/tokens.ports.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

const schema = z.strictObject({
  symbol: z.string().max(64),
  name: z.string().max(128),
  decimals: z.int().min(0).max(255),
})

/** What token contracts said of themselves. */
export function createTokenMetadataStore(database: DatabaseSync): TokenMetadataStore {
  const select = database.prepare('SELECT body FROM token_metadata WHERE chain_id = ? AND address = ?')
  const upsert = database.prepare(
    `INSERT INTO token_metadata (chain_id, address, body) VALUES (?, ?, ?)
     ON CONFLICT (chain_id, address) DO UPDATE SET body = excluded.body`,
  )
  return {
    read: (token) => readBody(schema, select.get(token.chainId, token.address.toLowerCase())),
    write(token, metadata) {
      writeOrFail(() => upsert.run(token.chainId, token.address.toLowerCase(), encodeStored(metadata)))
    },
  }
}
