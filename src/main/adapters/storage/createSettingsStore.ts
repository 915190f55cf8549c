import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { SettingsStore } from '../../capabilities/settings/settings.ports.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

/** The user's settings, one row. */
export function createSettingsStore(database: DatabaseSync): SettingsStore {
  const select = database.prepare('SELECT body FROM settings WHERE id = 1')
  const upsert = database.prepare(
    'INSERT INTO settings (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  )
  return {
    read: () => readBody(z.unknown(), select.get()),
    write(settings) {
      writeOrFail(() => upsert.run(encodeStored(settings)))
    },
  }
}
