import type { Reading } from '../../../../shared/contract/readings.ts'
import type { Address, ChainId } from '../../../../shared/identity/identity.ts'
import type { ClearContext } from '../clear/ClearContext.ts'
import { encodeType, type TypedMembers } from '../clear/formatSignature.ts'
import { isWhole, readWith } from '../clear/readCall.ts'

export interface TypedMessage {
  readonly chainId: ChainId
  readonly account: Address
  readonly verifyingContract: Address | undefined
  /** Whether its domain names a chain. */
  readonly isBoundToChain: boolean
  readonly primaryType: string
  readonly types: TypedMembers
  readonly domain: Readonly<Record<string, unknown>>
  readonly domainTypes: readonly { name: string; type: string }[]
  readonly message: Readonly<Record<string, unknown>>
}

/**
 * What EIP-712 data means, by the descriptor of its contract and type; `undefined` where no descriptor explains all of it, or where
 * it does not say for which contract and chain it is.
 */
export function readTypedMessage(
  { chainId, account, verifyingContract, isBoundToChain, ...data }: TypedMessage,
  context: ClearContext,
): Reading | undefined {
  if (verifyingContract === undefined || !isBoundToChain) return undefined
  const encoded = encodeType(data.primaryType, data.types)
  const found = context.book.findMessage(chainId, verifyingContract, encoded, data.domain, data.domainTypes)
  if (!found) return undefined
  const call = {
    chainId,
    from: account,
    to: verifyingContract,
    value: 0n,
    root: data.message,
    signature: encoded,
  }
  const reading = readWith(found, call, context, 0)
  return reading && isWhole(reading) ? reading : undefined
}
