import type { DatabaseSync } from 'node:sqlite'
import { addressSchema } from '../../../shared/identity/identity.ts'
import type { KnownRecipients } from '../../capabilities/transfers/transfers.ports.ts'
import { writeOrFail } from './writeOrFail.ts'

/** Addresses that the user has sent to. */
export function createKnownRecipients(database: DatabaseSync): KnownRecipients {
  const select = database.prepare('SELECT 1 AS known FROM recipients WHERE address = ?')
  const insert = database.prepare(
    'INSERT INTO recipients (address, first_sent_at_ms) VALUES (?, ?) ON CONFLICT (address) DO NOTHING',
  )
  const selectAll = database.prepare(
    'SELECT address FROM recipients ORDER BY first_sent_at_ms DESC LIMIT 1000',
  )
  return {
    list: () => selectAll.all().map(({ address }) => addressSchema.parse(address)),
    isKnown: (address) => select.get(address.toLowerCase()) !== undefined,
    remember(address, atMs) {
      writeOrFail(() => insert.run(address.toLowerCase(), atMs))
    },
  }
}
