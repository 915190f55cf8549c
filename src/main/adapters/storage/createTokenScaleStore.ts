import type { DatabaseSync } from 'node:sqlite'
import { tokenScaleSchema } from '../../../shared/contract/tokens.ts'
import type { TokenScaleStore } from '../../capabilities/tokens/tokens.ports.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

/** What tokens said of how their amounts are to be shown, so that the first picture of a start is no other than the last of the one before. */
export function createTokenScaleStore(database: DatabaseSync): TokenScaleStore {
  const selectAll = database.prepare('SELECT body FROM token_scales')
  const upsert = database.prepare(
    `INSERT INTO token_scales (chain_id, address, body) VALUES (?, ?, ?)
     ON CONFLICT (chain_id, address) DO UPDATE SET body = excluded.body`,
  )
  return {
    readAll: () => selectAll.all().flatMap((row) => readBody(tokenScaleSchema, row) ?? []),
    write(scale) {
      const { chainId, address } = scale.token
      writeOrFail(() => upsert.run(chainId, address.toLowerCase(), encodeStored(scale)))
    },
  }
}
