import type { DatabaseSync } from 'node:sqlite'
import type { MetContracts } from '../../capabilities/approvals/index.ts'
import { writeOrFail } from './writeOrFail.ts'

/** Contracts that acted in something that was signed here. */
export function createMetContracts(database: DatabaseSync): MetContracts {
  const select = database.prepare('SELECT 1 AS met FROM met_contracts WHERE chain_id = ? AND address = ?')
  const insert = database.prepare(
    'INSERT INTO met_contracts (chain_id, address, first_met_at_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  return {
    hasMet: (chainId, contract) => select.get(chainId, contract.toLowerCase()) !== undefined,
    remember(chainId, contracts, atMs) {
      writeOrFail(() => {
        for (const contract of contracts) insert.run(chainId, contract.toLowerCase(), atMs)
      })
    },
  }
}
