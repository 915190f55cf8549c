import { z } from 'zod'
import { addressSchema } from '../identity/identity.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { command, event, query } from './route.ts'

/** Somebody whom the user gave a name; one name an address, whatever the chain. */
export const contactSchema = z.strictObject({
  address: addressSchema,
  name: z.string().min(1).max(64),
  note: z.string().max(300).exactOptional(),
  savedAtMs: timestampMsSchema,
})
export type Contact = z.infer<typeof contactSchema>

export const addressBookContract = {
  /** In the order of their names. */
  list: query(nothing, z.array(contactSchema)),
  /** Adds a contact, or replaces the one with this address. An ENS name is resolved once: what is saved is the address. */
  save: command(
    z.strictObject({
      address: z.string().max(300),
      name: z.string().max(64),
      note: z.string().max(300).exactOptional(),
    }),
    contactSchema,
  ),
  remove: command(z.strictObject({ address: addressSchema }), nothing),
  changed: event(z.array(contactSchema)),
} as const
