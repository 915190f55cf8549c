import type { DatabaseSync } from 'node:sqlite'
import { chainSettingsSchema } from '../../../shared/contract/chains.ts'
import type { ChainSettings, ChainSettingsStore } from '../../capabilities/chains/chains.ports.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

/** What the user chose for each chain, where it differs from the chain's data. */
export function createChainSettingsStore(database: DatabaseSync): ChainSettingsStore {
  const select = database.prepare('SELECT body FROM chains WHERE chain_id = ?')
  const upsert = database.prepare(
    'INSERT INTO chains (chain_id, body) VALUES (?, ?) ON CONFLICT (chain_id) DO UPDATE SET body = excluded.body',
  )
  return {
    read: (chainId): ChainSettings => readBody(chainSettingsSchema, select.get(chainId)) ?? {},
    write(chainId, settings) {
      writeOrFail(() => upsert.run(chainId, encodeStored(settings)))
    },
  }
}
