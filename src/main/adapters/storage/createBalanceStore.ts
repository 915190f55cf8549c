import type { DatabaseSync } from 'node:sqlite'
import { type ChainBalances, chainBalancesSchema } from '../../../shared/contract/portfolio.ts'
import type { BalanceStore } from '../../capabilities/portfolio/portfolio.ports.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

/** Last known balances by chain. */
export function createBalanceStore(database: DatabaseSync): BalanceStore {
  const selectAll = database.prepare('SELECT body FROM balances ORDER BY chain_id')
  const upsert = database.prepare(
    'INSERT INTO balances (chain_id, body) VALUES (?, ?) ON CONFLICT (chain_id) DO UPDATE SET body = excluded.body',
  )
  return {
    readAll: () =>
      selectAll
        .all()
        .map((row) => readBody(chainBalancesSchema, row))
        .filter((balances): balances is ChainBalances => balances !== undefined),
    write(balances) {
      writeOrFail(() => upsert.run(balances.chainId, encodeStored(balances)))
    },
  }
}
