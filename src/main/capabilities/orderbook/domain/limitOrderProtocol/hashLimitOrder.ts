import { hashTypedData, recoverAddress } from 'viem'
import type { Address, ChainId, Hash } from '../../../../../shared/identity/identity.ts'
import type { LimitOrder } from './limitOrder.ts'

/** Where an order is to be filled; part of what is signed, so that it is worth nothing anywhere else. */
export interface LimitOrderDomain {
  readonly chainId: ChainId
  readonly contract: Address
}

/** The contract's address on every main chain: the protocol is part of 1inch's Aggregation Router v6. */
export const LIMIT_ORDER_CONTRACT: Address = '0x111111125421cA6dc452d289314280a0f8842A65'

const types = {
  Order: [
    { name: 'salt', type: 'uint256' },
    { name: 'maker', type: 'address' },
    { name: 'receiver', type: 'address' },
    { name: 'makerAsset', type: 'address' },
    { name: 'takerAsset', type: 'address' },
    { name: 'makingAmount', type: 'uint256' },
    { name: 'takingAmount', type: 'uint256' },
    { name: 'makerTraits', type: 'uint256' },
  ],
} as const

/** What the maker signs, after EIP-712. */
export function toTypedData(order: LimitOrder, { chainId, contract }: LimitOrderDomain) {
  return {
    domain: { name: '1inch Aggregation Router', version: '6', chainId, verifyingContract: contract },
    types,
    primaryType: 'Order',
    message: order,
  } as const
}

/** The hash that the contract knows the order by, the one that is signed. */
export function hashLimitOrder(order: LimitOrder, domain: LimitOrderDomain): Hash {
  return hashTypedData(toTypedData(order, domain))
}

/** The key that signed, or `undefined` where the signature is none of a key; contracts sign otherwise (EIP-1271). */
export async function recoverSigner(hash: Hash, signature: `0x${string}`): Promise<Address | undefined> {
  if (!/^0x([0-9a-f]{128}|[0-9a-f]{130})$/.test(signature)) return undefined
  try {
    return await recoverAddress({ hash, signature })
  } catch {
    // Any bytes may stand in an imported order; most of them are no point of the curve.
    return undefined
  }
}
