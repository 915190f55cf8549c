import { parseTransaction, type TransactionSerializedEIP1559 } from 'viem'
import { chainIdSchema } from '../../../../shared/identity/identity.ts'
import type { TransactionFields } from './TransactionFields.ts'

/** The fields of a signed EIP-1559 transaction; `undefined` when it creates a contract or carries an access list, which transfers never do. */
export function parseSigned(serialized: TransactionSerializedEIP1559): TransactionFields | undefined {
  const parsed = parseTransaction(serialized)
  if (!parsed.to || (parsed.accessList && parsed.accessList.length > 0)) return undefined
  return {
    chainId: chainIdSchema.parse(parsed.chainId),
    // RLP has no zero: absent means zero.
    nonce: parsed.nonce ?? 0,
    to: parsed.to,
    value: parsed.value ?? 0n,
    data: parsed.data ?? '0x',
    gas: parsed.gas ?? 0n,
    maxFeePerGas: parsed.maxFeePerGas ?? 0n,
    maxPriorityFeePerGas: parsed.maxPriorityFeePerGas ?? 0n,
  }
}
