import type { NameSource } from '../../../../shared/contract/readings.ts'
import { type Address, type ChainId, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import type { DescriptorBook } from './DescriptorBook.ts'

/** What the signer knows besides the bytes. */
export interface ClearContext {
  readonly book: DescriptorBook
  readonly chains: readonly { chainId: ChainId; name: string; nativeToken: Token }[]
  /** Of all chains, from lists. */
  readonly tokens: readonly Token[]
  readonly ownNameOf: (address: Address) => string | undefined
  /** Of all accounts in the vault. */
  readonly ownAddresses: () => readonly { address: Address; name: string }[]
  /** Told of a mistake of the program's: what it was reading counts as not explained. */
  readonly onFault: (thrown: unknown) => void
}

export function findToken(
  { tokens }: Pick<ClearContext, 'tokens'>,
  chainId: number,
  address: Address,
): Token | undefined {
  return tokens.find(
    ({ ref }) => ref.chainId === chainId && ref.address !== 'native' && isSameAddress(ref.address, address),
  )
}

/** The name of an address, from the nearest source that knows it. */
export function nameAddress(
  context: ClearContext,
  chainId: number,
  address: Address,
): { name: string; nameFrom: NameSource } | undefined {
  const own = context.ownNameOf(address)
  if (own !== undefined) return { name: own, nameFrom: 'account' }
  const token = findToken(context, chainId, address)
  if (token) return { name: token.name, nameFrom: 'list' }
  const contract = context.book.nameContract(chainId, address)
  return contract && { name: contract.name, nameFrom: contract.isUsers ? 'descriptor' : 'list' }
}
