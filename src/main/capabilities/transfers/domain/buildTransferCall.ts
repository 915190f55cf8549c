import { encodeFunctionData, erc20Abi } from 'viem'
import type { Address, TokenRef } from '../../../../shared/identity/identity.ts'
import type { CallFields } from './TransactionFields.ts'

/** The call that moves `units` of a token: a plain payment for the native coin, ERC-20's `transfer` for others. */
export function buildTransferCall(token: TokenRef, recipient: Address, units: bigint): CallFields {
  if (token.address === 'native') return { to: recipient, value: units, data: '0x' }
  return {
    to: token.address,
    value: 0n,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [recipient, units] }),
  }
}
