import type { Recipient } from '../../shared/contract/transfers.ts'
import { shortenAddress } from './shortenAddress.ts'

/** Names a recipient in a sentence: own account first, then ENS name, then the shortened address. */
export function nameParty(party: Pick<Recipient, 'address' | 'ensName' | 'ownAccountName'>): string {
  const { ownAccountName, ensName } = party
  if (ownAccountName !== undefined && ensName !== undefined) return `${ownAccountName} (${ensName})`
  return ownAccountName ?? ensName ?? shortenAddress(party.address)
}
