import {
  bytesToHex,
  concatHex,
  hexToBytes,
  keccak256,
  numberToHex,
  parseTransaction,
  recoverTransactionAddress,
  type TransactionSerializedEIP7702,
  toRlp,
  zeroAddress,
} from 'viem'
import { recoverAuthorizationAddress } from 'viem/utils'
import { type Address, type Hash, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { CallFields, Hex, TransactionFields } from '../../transfers/index.ts'

/** A call that runs no code. */
export const nothing: CallFields = { to: zeroAddress, value: 0n, data: '0x' }

/**
 * The unsigned transaction of EIP-7702 (type 4) that takes an account's delegation back: a call of the account to itself that does
 * nothing, with one authorisation of the zero address whose signature is blank. That one counts from after the transaction itself.
 */
export function encodeTakingBack(transaction: TransactionFields): Uint8Array {
  const { chainId, nonce, maxPriorityFeePerGas, maxFeePerGas, gas, to, value, data } = transaction
  const authorization = [number(chainId), zeroAddress, number(nonce + 1), '0x', '0x', '0x'] as const
  const list = [
    number(chainId),
    number(nonce),
    number(maxPriorityFeePerGas),
    number(maxFeePerGas),
    number(gas),
    to,
    number(value),
    data,
    [],
    [[...authorization]],
  ]
  return hexToBytes(concatHex(['0x04', toRlp(list)]))
}

/** Whether the signed bytes are exactly this taking back, both of its signatures by this account, under this hash. */
export async function isSignedTakingBack(
  signed: Uint8Array,
  hash: Hash,
  transaction: TransactionFields,
  from: Address,
): Promise<boolean> {
  if (signed[0] !== 4 || keccak256(signed) !== hash) return false
  const serialized = bytesToHex(signed) as TransactionSerializedEIP7702
  try {
    const parsed = parseTransaction(serialized)
    const [authorization, ...others] = parsed.authorizationList ?? []
    if (!authorization || others.length > 0 || (parsed.accessList ?? []).length > 0 || !parsed.to)
      return false
    if (!isSameAddress(authorization.address, zeroAddress)) return false
    if (authorization.chainId !== transaction.chainId || authorization.nonce !== transaction.nonce + 1)
      return false
    const same =
      parsed.chainId === transaction.chainId &&
      (parsed.nonce ?? 0) === transaction.nonce &&
      isSameAddress(parsed.to, transaction.to) &&
      (parsed.value ?? 0n) === transaction.value &&
      (parsed.data ?? '0x') === transaction.data &&
      parsed.gas === transaction.gas &&
      (parsed.maxFeePerGas ?? 0n) === transaction.maxFeePerGas &&
      (parsed.maxPriorityFeePerGas ?? 0n) === transaction.maxPriorityFeePerGas
    if (!same) return false
    const signers = await Promise.all([
      recoverTransactionAddress({ serializedTransaction: serialized }),
      recoverAuthorizationAddress({ authorization }),
    ])
    return signers.every((signer) => isSameAddress(signer, from))
  } catch {
    return false
  }
}

/** RLP has no zero. */
function number(value: bigint | number): Hex {
  return BigInt(value) === 0n ? '0x' : numberToHex(value)
}
