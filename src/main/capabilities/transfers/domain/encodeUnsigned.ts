import { hexToBytes, serializeTransaction } from 'viem'
import type { TransactionFields } from './TransactionFields.ts'

/** The unsigned EIP-1559 transaction as the bytes whose keccak256 is signed (EIP-2718 type 2). */
export function encodeUnsigned(transaction: TransactionFields): Uint8Array {
  return hexToBytes(serializeTransaction({ type: 'eip1559', ...transaction }))
}
