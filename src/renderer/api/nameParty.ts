import type { NameSource } from '../../shared/contract/activity.ts'
import type { Recipient } from '../../shared/contract/transfers.ts'
import { shortenAddress } from './shortenAddress.ts'

/** Names a recipient in a sentence: own account first, then the address book's name, then ENS name, then the shortened address. */
export function nameParty(
  party: Pick<Recipient, 'address' | 'ensName' | 'ownAccountName' | 'contactName'>,
): string {
  const { ensName } = party
  const ownAccountName = party.ownAccountName ?? party.contactName
  if (ownAccountName !== undefined && ensName !== undefined) return `${ownAccountName} (${ensName})`
  return ownAccountName ?? ensName ?? shortenAddress(party.address)
}

/** The name that stands beside a recipient's address, and where it comes from: own account first, then the address book's, then ENS. */
export function findName({
  ownAccountName,
  contactName,
  ensName,
}: Pick<Recipient, 'ensName' | 'ownAccountName' | 'contactName'>): {
  readonly name?: string
  readonly nameFrom?: NameSource
} {
  if (ownAccountName !== undefined) return { name: ownAccountName, nameFrom: 'account' }
  if (contactName !== undefined) return { name: contactName, nameFrom: 'contact' }
  return ensName === undefined ? {} : { name: ensName, nameFrom: 'ens' }
}
