import type { Danger, Reading } from '../../../shared/contract/readings.ts'
import type { SigningIntent } from '../../../shared/contract/signing.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, type ChainId, isSameAddress } from '../../../shared/identity/identity.ts'
import { resembles } from '../../../shared/identity/resembles.ts'
import type { TrialKnowledge } from './approvals.ports.ts'

/**
 * Dangers that the signer cannot see, because it asks no chain and keeps no history: an allowance for a person's account, and a
 * recipient that only looks like one that the user has sent to.
 */
export async function findOwnDangers(
  chainId: ChainId,
  { intent, reading }: { readonly intent?: SigningIntent; readonly reading?: Reading | undefined },
  knowledge: Pick<TrialKnowledge, 'holdsCode' | 'listRecipients' | 'ownNameOf'>,
): Promise<Danger[]> {
  const effects = reading?.effects
  const spenders = [...(effects?.grants ?? []), ...(effects?.grantsAll ?? [])].map(({ to }) => to)
  const persons = await Promise.all(
    distinct(spenders).map(async (address) =>
      (await isPerson(chainId, address, knowledge)) ? [address] : [],
    ),
  )
  const recipients =
    intent?.kind === 'nativeTransfer' || intent?.kind === 'tokenTransfer'
      ? [intent.to.address]
      : (reading?.fields ?? []).flatMap(({ value }) => (value.kind === 'address' ? [value.address] : []))
  const known = knowledge.listRecipients()
  const lookalikes = distinct(recipients).filter(
    (address) =>
      !known.some((each) => isSameAddress(each, address)) && known.some((each) => resembles(address, each)),
  )
  return [
    ...persons.flat().map((address) => ({ kind: 'personAsSpender', address }) as const),
    ...lookalikes.map((address) => ({ kind: 'lookalike', address }) as const),
  ]
}

async function isPerson(
  chainId: ChainId,
  address: Address,
  { holdsCode }: Pick<TrialKnowledge, 'holdsCode'>,
): Promise<boolean> {
  try {
    return !(await holdsCode(chainId, address))
  } catch (thrown) {
    // No node answers: the trial says so, and an unknown spender is a danger by itself.
    if (thrown instanceof AppError && thrown.code.startsWith('chain.')) return false
    throw thrown
  }
}

function distinct(addresses: readonly Address[]): Address[] {
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()]
}
