import { type Address, keccak256, numberToHex, padHex } from 'viem'
import type { PoolTransaction } from './decodeTransaction.ts'

/** An unsigned pool transaction for tests of order and admission, which never look at bytes or signatures. */
export function inventTransaction(
  sender: number,
  nonce: number,
  terms: Partial<Pick<PoolTransaction, 'gas' | 'value' | 'maxFeePerGas' | 'maxPriorityFeePerGas'>> = {},
): PoolTransaction {
  const { gas = 21_000n, value = 0n, maxFeePerGas = 100n, maxPriorityFeePerGas = 1n } = terms
  const identity = [sender, nonce, maxFeePerGas, maxPriorityFeePerGas, gas, value].join('/')
  const from: Address = padHex(numberToHex(sender + 1), { size: 20 })
  return {
    hash: keccak256(new TextEncoder().encode(identity)),
    raw: '0x',
    type: 'eip1559',
    from,
    to: from,
    nonce,
    gas,
    value,
    data: '0x',
    maxFeePerGas,
    maxPriorityFeePerGas,
    accessList: [],
    authorizationList: [],
    signature: { r: '0x1', s: '0x1', v: 0n, yParity: 0 },
  }
}
