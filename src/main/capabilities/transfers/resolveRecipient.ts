import type { Recipient } from '../../../shared/contract/transfers.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, isSameAddress } from '../../../shared/identity/identity.ts'
import type { ChainDefinition } from '../chains/index.ts'
import { isNormalisedName } from './domain/isNormalisedName.ts'
import { parseRecipient } from './domain/parseRecipient.ts'
import type { NameResolver, TransferNode } from './transfers.ports.ts'

export interface ResolveRecipientDeps {
  readonly node: Pick<TransferNode, 'readCode'>
  readonly names: NameResolver
}

/**
 * Reads who is meant: an address as typed, or the one that a name resolves to now.
 *
 * @throws AppError `address.invalid`, `address.wrongChecksum`, `name.notFound`, `name.unsupported`, `chain.*`
 */
export async function resolveRecipient(
  { node, names }: ResolveRecipientDeps,
  chain: ChainDefinition,
  text: string,
  accounts: readonly Account[],
): Promise<Recipient> {
  const { chainId } = chain
  const parsed = parseRecipient(text)
  let address: Address
  let ensName: string | undefined
  if (parsed.kind === 'name') {
    if (!chain.ensRegistry) throw new AppError('name.unsupported', { chainId, name: parsed.name })
    const resolved = await names.resolveName(chainId, parsed.name)
    if (!resolved) throw new AppError('name.notFound', { name: parsed.name })
    const checked = parseRecipient(resolved)
    if (checked.kind !== 'address') throw new AppError('name.notFound', { name: parsed.name })
    address = checked.address
    ensName = parsed.name
  } else {
    address = parsed.address
    ensName = await readVerifiedName(names, chain, address)
  }
  const code = await node.readCode(chainId, address)
  const own = accounts.find((account) => isSameAddress(account.address, address))
  return {
    address,
    // An account that delegates to a contract (EIP-7702) is still its owner's.
    isContract: code !== '0x' && !code.startsWith('0xef0100'),
    ...(ensName === undefined ? {} : { ensName }),
    ...(own === undefined ? {} : { ownAccountName: own.name }),
  }
}

/** The name that an address claims, if the name agrees: anybody can claim any name. */
async function readVerifiedName(
  names: NameResolver,
  chain: ChainDefinition,
  address: Address,
): Promise<string | undefined> {
  if (!chain.ensRegistry) return undefined
  const claimed = await names.readClaimedName(chain.chainId, address)
  if (claimed === undefined || !isNormalisedName(claimed)) return undefined
  const resolved = await names.resolveName(chain.chainId, claimed)
  return resolved !== undefined && isSameAddress(resolved, address) ? claimed : undefined
}
