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
