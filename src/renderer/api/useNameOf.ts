import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { type Address, isSameAddress } from '../../shared/identity/identity.ts'
import { queries } from './queries.ts'
import { shortenAddress } from './shortenAddress.ts'
import { useAccounts } from './useAccounts.ts'

export interface PartyName {
  readonly name: string
  /** Where the name comes from; absent where there is none but the address itself. */
  readonly source?: 'account' | 'contact' | 'ens'
}

/** Names an address: the user's own account first, then his address book, then what is known of it, then the shortened address. */
export function useNameOf(): (address: Address, known?: string) => PartyName {
  const accounts = useAccounts()
  const contacts = useQuery(queries.contacts).data
  return useCallback(
    (address, known) => {
      const own = accounts.find((account) => isSameAddress(account.address, address))
      if (own) return { name: own.name, source: 'account' }
      const contact = contacts?.find((each) => isSameAddress(each.address, address))
      if (contact) return { name: contact.name, source: 'contact' }
      return known === undefined ? { name: shortenAddress(address) } : { name: known, source: 'ens' }
    },
    [accounts, contacts],
  )
}
