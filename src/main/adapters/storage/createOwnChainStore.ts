import type { DatabaseSync } from 'node:sqlite'
import type { OwnChainStore } from '../../capabilities/chains/chains.ports.ts'
import { ownChainSchema } from '../../capabilities/chains/index.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

/** Chains that the user added. */
export function createOwnChainStore(database: DatabaseSync): OwnChainStore {
  const selectAll = database.prepare('SELECT body FROM own_chains ORDER BY chain_id')
  const upsert = database.prepare(
    'INSERT INTO own_chains (chain_id, body) VALUES (?, ?) ON CONFLICT (chain_id) DO UPDATE SET body = excluded.body',
  )
  const drop = database.prepare('DELETE FROM own_chains WHERE chain_id = ?')
  return {
    readAll: () => selectAll.all().flatMap((row) => readBody(ownChainSchema, row) ?? []),
    write(fields, facts) {
      writeOrFail(() => upsert.run(fields.chainId, encodeStored({ fields, facts })))
    },
    remove(chainId) {
      writeOrFail(() => drop.run(chainId))
    },
  }
}
