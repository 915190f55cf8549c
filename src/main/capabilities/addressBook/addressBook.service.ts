import type { Contact } from '../../../shared/contract/addressBook.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, isSameAddress } from '../../../shared/identity/identity.ts'
import { toSafeText } from '../../../shared/text/toSafeText.ts'
import type { ContactStore } from './addressBook.ports.ts'

export interface AddressBookDeps {
  readonly store: ContactStore
  /** An address as typed, or the one that a name resolves to. @throws AppError `address.*`, `name.*`, `chain.*` */
  resolve(text: string): Promise<Address>
  readonly nowMs: () => number
  onChanged(contacts: Contact[]): void
}

export interface AddressBookService {
  readonly handlers: Handlers<typeof mainWindowContract>['addressBook']
  listAddresses(): readonly Address[]
  nameOf(address: Address): string | undefined
  /** Addresses whose name contains the word, whatever its case. */
  findNamed(word: string): readonly Address[]
}

/** Whom the user knows, by a name of his own. */
export function createAddressBook({ store, resolve, nowMs, onChanged }: AddressBookDeps): AddressBookService {
  const list = (): Contact[] => [...store.list()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
  return {
    handlers: {
      list,
      async save({ address: text, name, note }) {
        const shown = toSafeText(name, 64)
        if (shown === '') throw new AppError('request.invalid', { path: 'name', rule: 'too_small' })
        const address = await resolve(text)
        const kept = note === undefined ? '' : toSafeText(note, 300)
        const contact: Contact = {
          address,
          name: shown,
          ...(kept === '' ? {} : { note: kept }),
          savedAtMs: nowMs(),
        }
        store.write(contact)
        onChanged(list())
        return contact
      },
      remove({ address }) {
        store.remove(address)
        onChanged(list())
        return undefined
      },
    },
    listAddresses: () => store.list().map(({ address }) => address),
    nameOf: (address) => store.list().find((contact) => isSameAddress(contact.address, address))?.name,
    findNamed: (word) =>
      store
        .list()
        .filter(({ name }) => name.toLowerCase().includes(word.toLowerCase()))
        .map(({ address }) => address),
  }
}
