import { bytesToHex, decodeFunctionData, encodeFunctionData, parseAbi } from 'viem/utils'
import type { Address } from '../../../../shared/identity/identity.ts'

const erc20 = parseAbi(['function approve(address spender, uint256 amount) returns (bool)'])

/** What an ERC-20 approval allows; `undefined` for any other call, and for one that is not encoded as every contract reads it. */
export function readApproval(data: Uint8Array): { spender: Address; amount: bigint } | undefined {
  const encoded = bytesToHex(data)
  try {
    const { args } = decodeFunctionData({ abi: erc20, data: encoded })
    return encodeFunctionData({ abi: erc20, functionName: 'approve', args }) === encoded
      ? { spender: args[0], amount: args[1] }
      : undefined
  } catch {
    return undefined
  }
}
