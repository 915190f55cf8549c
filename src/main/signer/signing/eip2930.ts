import type { TransactionSerializableEIP2930 } from 'viem'
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

const typeByte = 0x01
const fieldCount = 8

/** Transactions at one price: 0x01 || rlp([chain, nonce, price, gas, to, value, data, access list]) (EIP-2930). */
export const eip2930: TransactionType = {
  typeByte,

  decode(unsigned) {
    const decoded = readFields(unsigned)
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
  const [chainId, nonce, gasPrice, gasLimit, to, value, data, accessList] = fields
  const price = readUint256(gasPrice)
  const decoded: DecodedTransaction = {
    chainId: readChainId(chainId),
    nonce: readSafeInteger(nonce),
    // One price: what is above the base fee all goes to the block's builder.
    maxPriorityFeePerGas: price,
    maxFeePerGas: price,
    gasLimit: readUint256(gasLimit),
    to: readRecipient(to),
    value: readUint256(value),
    data: readBytes(data),
    accessList: readAccessList(accessList),
  }
  if (price * decoded.gasLimit > maximumUint256) throw undecodable('outOfRange')
  return decoded
}

function toSerializable(decoded: DecodedTransaction): TransactionSerializableEIP2930 & { type: 'eip2930' } {
  return {
    type: 'eip2930',
    chainId: decoded.chainId,
    nonce: decoded.nonce,
    gasPrice: decoded.maxFeePerGas,
    gas: decoded.gasLimit,
    to: decoded.to,
    value: decoded.value,
    data: bytesToHex(decoded.data),
    accessList: decoded.accessList,
  }
}
