import type { TransactionSerializableEIP1559 } from 'viem'
import { bytesToHex, fromRlp, getAddress, hexToBytes, serializeTransaction } from 'viem/utils'
import {
  type Address,
  addressSchema,
  type ChainId,
  chainIdSchema,
} from '../../../shared/identity/identity.ts'
import type { DecodedTransaction, TransactionType } from './transactionType.ts'
import { undecodable } from './undecodable.ts'

const typeByte = 0x02
const fieldCount = 9
const maximumUint256 = 2n ** 256n - 1n

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
  if (!Array.isArray(accessList)) throw undecodable('malformed')
  // Its only effect is on gas, and nothing here makes one: what nobody would be shown is refused.
  if (accessList.length > 0) throw undecodable('accessList')

  const decoded: DecodedTransaction = {
    chainId: readChainId(chainId),
    nonce: readSafeInteger(nonce),
    maxPriorityFeePerGas: readUint256(maxPriorityFeePerGas),
    maxFeePerGas: readUint256(maxFeePerGas),
    gasLimit: readUint256(gasLimit),
    to: readRecipient(to),
    value: readUint256(value),
    data: readBytes(data),
  }
  if (decoded.maxPriorityFeePerGas > decoded.maxFeePerGas) throw undecodable('feesInverted')
  if (decoded.maxFeePerGas * decoded.gasLimit > maximumUint256) throw undecodable('outOfRange')
  return decoded
}

type RlpItem = Uint8Array | readonly RlpItem[]

function decodeList(encoded: Uint8Array): readonly RlpItem[] {
  let item: RlpItem
  try {
    item = fromRlp(encoded, 'bytes')
  } catch {
    throw undecodable('malformed')
  }
  if (item instanceof Uint8Array) throw undecodable('malformed')
  return item
}

function readBytes(item: RlpItem | undefined): Uint8Array {
  if (!(item instanceof Uint8Array)) throw undecodable('malformed')
  return item
}

function readUint256(item: RlpItem | undefined): bigint {
  const bytes = readBytes(item)
  if (bytes.length > 32) throw undecodable('outOfRange')
  if (bytes.length === 0) return 0n
  // Yellow Paper, appendix B: integers carry no leading zeros.
  if (bytes[0] === 0) throw undecodable('notCanonical')
  return BigInt(bytesToHex(bytes))
}

function readSafeInteger(item: RlpItem | undefined): number {
  const value = readUint256(item)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw undecodable('outOfRange')
  return Number(value)
}

function readChainId(item: RlpItem | undefined): ChainId {
  const chainId = chainIdSchema.safeParse(readSafeInteger(item))
  if (!chainId.success) throw undecodable('outOfRange')
  return chainId.data
}

function readRecipient(item: RlpItem | undefined): Address {
  const bytes = readBytes(item)
  if (bytes.length === 0) throw undecodable('contractCreation')
  const address = bytesToHex(bytes)
  if (!addressSchema.safeParse(address).success) throw undecodable('malformed')
  return getAddress(address)
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
    accessList: [],
  }
}
