import type { Recipient } from '../../../shared/contract/transfers.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, isSameAddress } from '../../../shared/identity/identity.ts'
import { findLookalike } from '../addressBook/index.ts'
import type { ChainDefinition } from '../chains/index.ts'
import { ignoreUnknownToken, type TokensService } from '../tokens/index.ts'
import { isNormalisedName } from './domain/isNormalisedName.ts'
import { parseRecipient } from './domain/parseRecipient.ts'
import type { ContactDirectory, KnownRecipients, NameResolver, TransferNode } from './transfers.ports.ts'

export interface ResolveRecipientDeps {
  readonly node: Pick<TransferNode, 'readCode'>
  readonly names: NameResolver
  readonly tokens: Pick<TokensService, 'resolve'>
  readonly knownRecipients: Pick<KnownRecipients, 'isKnown' | 'list'>
  readonly contacts: ContactDirectory
}

/**
 * Reads who is meant: an address as typed, or the one that a name resolves to now.
 *
 * @throws AppError `address.invalid`, `address.wrongChecksum`, `name.notFound`, `name.unsupported`, `chain.*`
 */
export async function resolveRecipient(
  deps: ResolveRecipientDeps,
  chain: ChainDefinition,
  text: string,
  accounts: readonly Account[],
): Promise<Recipient> {
  const { node, names, knownRecipients, contacts } = deps
  const { chainId } = chain
  const parsed = parseRecipient(text)
  let address: Address
  let ensName: string | undefined
  let claimed: ClaimedName | undefined
  if (parsed.kind === 'name') {
    if (!chain.ensRegistry) throw new AppError('name.unsupported', { chainId, name: parsed.name })
    const resolved = await names.resolveName(chainId, parsed.name)
    if (!resolved) throw new AppError('name.notFound', { name: parsed.name })
    const checked = parseRecipient(resolved)
    if (checked.kind !== 'address') throw new AppError('name.notFound', { name: parsed.name })
    address = checked.address
    ensName = parsed.name
    claimed = await readClaimedName(names, chain, address)
  } else {
    address = parsed.address
    claimed = await readClaimedName(names, chain, address)
    if (claimed?.isTrue) ensName = claimed.name
  }
  const code = await node.readCode(chainId, address)
  // An account that delegates to a contract (EIP-7702) is still its owner's.
  const isContract = code !== '0x' && !code.startsWith('0xef0100')
  const tokenSymbol = isContract ? await readTokenSymbol(deps, chainId, address) : undefined
  const own = accounts.find((account) => isSameAddress(account.address, address))
  const contactName = contacts.nameOf(address)
  const resembles = findResembled(deps, accounts, address)
  return {
    address,
    isContract,
    isKnown: knownRecipients.isKnown(address),
    ...(tokenSymbol === undefined ? {} : { tokenSymbol }),
    ...(contactName === undefined ? {} : { contactName }),
    ...(resembles === undefined ? {} : { resembles }),
    ...(claimed && !claimed.isTrue ? { falseName: claimed.name } : {}),
    ...(claimed?.isTrue && claimed.name !== ensName ? { primaryName: claimed.name } : {}),
    ...(ensName === undefined ? {} : { ensName }),
    ...(own === undefined ? {} : { ownAccountName: own.name }),
  }
}

interface ClaimedName {
  readonly name: string
  /** The name agrees: it leads to this very address. */
  readonly isTrue: boolean
}

/** The name that an address claims, and whether the name agrees: anybody can claim any name. */
async function readClaimedName(
  names: NameResolver,
  chain: ChainDefinition,
  address: Address,
): Promise<ClaimedName | undefined> {
  if (!chain.ensRegistry) return undefined
  const name = await names.readClaimedName(chain.chainId, address)
  if (name === undefined || !isNormalisedName(name)) return undefined
  const resolved = await names.resolveName(chain.chainId, name)
  return { name, isTrue: resolved !== undefined && isSameAddress(resolved, address) }
}

async function readTokenSymbol(
  { tokens }: ResolveRecipientDeps,
  chainId: ChainDefinition['chainId'],
  address: Address,
): Promise<string | undefined> {
  const token = await tokens.resolve({ chainId, address }).catch(ignoreUnknownToken)
  return token?.symbol
}

/** An address that the user knows and that this one could be mistaken for. */
function findResembled(
  { knownRecipients, contacts }: ResolveRecipientDeps,
  accounts: readonly Account[],
  address: Address,
): Recipient['resembles'] {
  const known = [
    ...accounts.map((account) => account.address),
    ...contacts.listAddresses(),
    ...knownRecipients.list(),
  ]
  const found = findLookalike(address, known)
  if (!found) return undefined
  const own = accounts.find((account) => isSameAddress(account.address, found.address))
  const name = own?.name ?? contacts.nameOf(found.address)
  return { address: found.address, ...(name === undefined ? {} : { name }) }
}
