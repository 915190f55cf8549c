import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { NameSource } from '../../shared/contract/activity.ts'
import { type Address, isSameAddress } from '../../shared/identity/identity.ts'
import { queries } from './queries.ts'
import { shortenAddress } from './shortenAddress.ts'
import { useAccounts } from './useAccounts.ts'

export interface PartyName {
  readonly name: string
  /** Where the name comes from; absent where there is none but the address itself. */
  readonly source?: NameSource
}

/**
 * Names an address: the user's own account first, then his address book, then what is known of it, then the shortened address.
 * Where a known name comes from has to be told with it; absent where nobody wrote that down.
 */
export function useNameOf(): (
  address: Address,
  known?: { readonly name: string | undefined; readonly source: NameSource | undefined },
) => PartyName {
  const accounts = useAccounts()
  const contacts = useQuery(queries.contacts).data
  return useCallback(
    (address, known) => {
      const own = accounts.find((account) => isSameAddress(account.address, address))
      if (own) return { name: own.name, source: 'account' }
      const contact = contacts?.find((each) => isSameAddress(each.address, address))
      if (contact) return { name: contact.name, source: 'contact' }
      if (known?.name === undefined) return { name: shortenAddress(address) }
      return { name: known.name, ...(known.source ? { source: known.source } : {}) }
    },
    [accounts, contacts],
  )
}
