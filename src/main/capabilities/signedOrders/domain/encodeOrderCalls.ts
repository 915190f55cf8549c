import { encodeFunctionData, erc20Abi } from 'viem'
import type { Address, Hash } from '../../../../shared/identity/identity.ts'
import { limitOrderAbi } from '../../orderbook/index.ts'
import type { Hex } from '../../transfers/index.ts'

/** Lets a contract take as much of a token. */
export function encodeApproval(spender: Address, units: bigint): Hex {
  return encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, units] })
}

/** Ends one order, and all that share its bit. */
export function encodeCancellation(makerTraits: bigint, hash: Hash): Hex {
  return encodeFunctionData({ abi: limitOrderAbi, functionName: 'cancelOrder', args: [makerTraits, hash] })
}

/** Ends all orders that ask for the account's present epoch, in the series that Minato uses. */
export function encodeEpochEnd(): Hex {
  return encodeFunctionData({ abi: limitOrderAbi, functionName: 'increaseEpoch', args: [0n] })
}
