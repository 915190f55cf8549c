import type { TransactionSerializableEIP1559 } from 'viem'
import { bytesToHex, hexToBytes, serializeTransaction } from 'viem/utils'
import { readAccessList } from './accessList.ts'
import {
  decodeList,
  maximumUint256,
  readBytes,
  readChainId,
  readRecipient,
  readSafeInteger,
  readUint256,
} from './rlpFields.ts'
import type { DecodedTransaction, TransactionType } from './transactionType.ts'
import { undecodable } from './undecodable.ts'

const typeByte = 0x02
const fieldCount = 9

/** Fee-market transactions: 0x02 || rlp([chain, nonce, tip, fee, gas, to, value, data, access list]) (EIP-1559). */
export const eip1559: TransactionType = {
  typeByte,

  decode(unsigned) {
    const decoded = readFields(unsigned)
    // One meaning, one encoding: whatever a lenient reader let pass does not serialise to the same bytes.
    if (serializeTransaction(toSerializable(decoded)) !== bytesToHex(unsigned)) {
      throw undecodable('notCanonical')
    }
    return decoded
  },

  encode: (decoded) => Uint8Array.from(hexToBytes(serializeTransaction(toSerializable(decoded)))),

  attachSignature(unsigned, { r, s, yParity }) {
    const signature = { r: bytesToHex(r), s: bytesToHex(s), yParity }
    return Uint8Array.from(hexToBytes(serializeTransaction(toSerializable(readFields(unsigned)), signature)))
  },
}

function readFields(unsigned: Uint8Array): DecodedTransaction {
  const fields = decodeList(unsigned.subarray(1))
  if (fields.length !== fieldCount) throw undecodable('malformed')
  const [chainId, nonce, maxPriorityFeePerGas, maxFeePerGas, gasLimit, to, value, data, accessList] = fields

  const decoded: DecodedTransaction = {
    chainId: readChainId(chainId),
    nonce: readSafeInteger(nonce),
    maxPriorityFeePerGas: readUint256(maxPriorityFeePerGas),
    maxFeePerGas: readUint256(maxFeePerGas),
    gasLimit: readUint256(gasLimit),
    to: readRecipient(to),
    value: readUint256(value),
    data: readBytes(data),
    accessList: readAccessList(accessList),
  }
  if (decoded.maxPriorityFeePerGas > decoded.maxFeePerGas) throw undecodable('feesInverted')
  if (decoded.maxFeePerGas * decoded.gasLimit > maximumUint256) throw undecodable('outOfRange')
  return decoded
}

function toSerializable(decoded: DecodedTransaction): TransactionSerializableEIP1559 & { type: 'eip1559' } {
  return {
    type: 'eip1559',
    chainId: decoded.chainId,
    nonce: decoded.nonce,
    maxPriorityFeePerGas: decoded.maxPriorityFeePerGas,
    maxFeePerGas: decoded.maxFeePerGas,
    gas: decoded.gasLimit,
    to: decoded.to,
    value: decoded.value,
    data: bytesToHex(decoded.data),
    accessList: decoded.accessList,
  }
}
