import type { Contact } from '../../../shared/contract/addressBook.ts'
import type { Address } from '../../../shared/identity/identity.ts'

/** Every write @throws AppError `storage.writeFailed`. */
export interface ContactStore {
  list(): readonly Contact[]
  write(contact: Contact): void
  remove(address: Address): void
}
