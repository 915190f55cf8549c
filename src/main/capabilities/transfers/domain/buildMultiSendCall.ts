import { encodeFunctionData, parseAbi } from 'viem'
import type { Address } from '../../../../shared/identity/identity.ts'
import { multiSendSignatures } from '../../../../shared/multiSend/multiSendAbi.ts'
import type { CallFields } from './TransactionFields.ts'

const abi = parseAbi(multiSendSignatures)

/** The call of Multicall3 that pays the coin to several, to all or to none. */
export function buildMultiSendCall(
  multicall3: Address,
  payments: readonly { readonly to: Address; readonly units: bigint }[],
): CallFields {
  const calls = payments.map(({ to, units }) => ({
    target: to,
    allowFailure: false,
    value: units,
    callData: '0x' as const,
  }))
  return {
    to: multicall3,
    value: payments.reduce((sum, { units }) => sum + units, 0n),
    data: encodeFunctionData({ abi, args: [calls] }),
  }
}
