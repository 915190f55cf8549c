import type { DatabaseSync } from 'node:sqlite'
import { stablecoinAlertSchema } from '../../../shared/contract/stablecoins.ts'
import type { AlertStore } from '../../capabilities/assets/index.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

/** The alerts that the user set, and whether they ring. */
export function createAlertStore(database: DatabaseSync): AlertStore {
  const select = database.prepare('SELECT body FROM asset_alerts ORDER BY rowid')
  const upsert = database.prepare(
    'INSERT INTO asset_alerts (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  )
  const remove = database.prepare('DELETE FROM asset_alerts WHERE id = ?')
  return {
    readAll: () =>
      select.all().flatMap((row) => {
        const alert = readBody(stablecoinAlertSchema, row)
        return alert === undefined ? [] : [alert]
      }),
    write(alert) {
      writeOrFail(() => upsert.run(alert.id, encodeStored(alert)))
    },
    remove(id) {
      writeOrFail(() => remove.run(id))
    },
  }
}
