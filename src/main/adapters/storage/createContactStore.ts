import type { DatabaseSync } from 'node:sqlite'
import { type Contact, contactSchema } from '../../../shared/contract/addressBook.ts'
import type { ContactStore } from '../../capabilities/addressBook/index.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

/** The address book. */
export function createContactStore(database: DatabaseSync): ContactStore {
  const selectAll = database.prepare('SELECT body FROM contacts')
  const upsert = database.prepare(
    'INSERT INTO contacts (address, body) VALUES (?, ?) ON CONFLICT (address) DO UPDATE SET body = excluded.body',
  )
  const remove = database.prepare('DELETE FROM contacts WHERE address = ?')
  return {
    list: () =>
      selectAll
        .all()
        .map((row) => readBody(contactSchema, row))
        .filter((contact): contact is Contact => contact !== undefined),
    write(contact) {
      writeOrFail(() => upsert.run(contact.address.toLowerCase(), encodeStored(contact)))
    },
    remove(address) {
      writeOrFail(() => remove.run(address.toLowerCase()))
    },
  }
}
