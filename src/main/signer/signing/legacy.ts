import type { TransactionSerializableLegacy } from 'viem'
import { bytesToHex, hexToBytes, serializeTransaction } from 'viem/utils'
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

const fieldCount = 9

/**
 * Transactions from before EIP-2718, bound to their chain: rlp([nonce, price, gas, to, value, data, chain, 0, 0]) (EIP-155).
 * Those without a chain can be repeated on every other one, and are refused.
 */
export const legacy: TransactionType = {
  typeByte: undefined,

  decode(unsigned) {
    const decoded = readFields(unsigned)
    if (serializeTransaction(toSerializable(decoded)) !== bytesToHex(unsigned)) {
      throw undecodable('notCanonical')
    }
    return decoded
  },

  encode: (decoded) => Uint8Array.from(hexToBytes(serializeTransaction(toSerializable(decoded)))),

  attachSignature(unsigned, { r, s, yParity }) {
    const decoded = readFields(unsigned)
    // EIP-155: v carries the chain and the parity.
    const v = BigInt(decoded.chainId) * 2n + 35n + BigInt(yParity)
    const signature = { r: bytesToHex(r), s: bytesToHex(s), v }
    return Uint8Array.from(hexToBytes(serializeTransaction(toSerializable(decoded), signature)))
  },
}

function readFields(unsigned: Uint8Array): DecodedTransaction {
  const fields = decodeList(unsigned)
  if (fields.length === 6) throw undecodable('noChain')
  if (fields.length !== fieldCount) throw undecodable('malformed')
  const [nonce, gasPrice, gasLimit, to, value, data, chainId, emptyR, emptyS] = fields
  if (readBytes(emptyR).length > 0 || readBytes(emptyS).length > 0) throw undecodable('malformed')
  const price = readUint256(gasPrice)
  const decoded: DecodedTransaction = {
    chainId: readChainId(chainId),
    nonce: readSafeInteger(nonce),
    maxPriorityFeePerGas: price,
    maxFeePerGas: price,
    gasLimit: readUint256(gasLimit),
    to: readRecipient(to),
    value: readUint256(value),
    data: readBytes(data),
    accessList: [],
  }
  if (price * decoded.gasLimit > maximumUint256) throw undecodable('outOfRange')
  return decoded
}

function toSerializable(decoded: DecodedTransaction): TransactionSerializableLegacy & { type: 'legacy' } {
  return {
    type: 'legacy',
    chainId: decoded.chainId,
    nonce: decoded.nonce,
    gasPrice: decoded.maxFeePerGas,
    gas: decoded.gasLimit,
    to: decoded.to,
    value: decoded.value,
    data: bytesToHex(decoded.data),
  }
}
