import { bytesToHex, concatHex, hexToBytes, numberToHex, toRlp } from 'viem/utils'
import type { Address } from '../../../../shared/identity/identity.ts'
import { readAccessList } from '../accessList.ts'
import {
  decodeList,
  maximumUint256,
  type RlpItem,
  readBytes,
  readChainId,
  readRecipient,
  readSafeInteger,
  readUint256,
} from '../rlpFields.ts'
import type { DecodedTransaction, Signature } from '../transactionType.ts'
import { undecodable } from '../undecodable.ts'

const typeByte = 0x04
const fieldCount = 10
const authorizationFieldCount = 6

/** A transaction with one authorisation of EIP-7702, whose signature is still blank. */
export interface DelegationTransaction extends DecodedTransaction {
  readonly authorization: { readonly delegate: Address; readonly nonce: number }
}

/** EIP-7702's type. Apart from the other types, so that nothing but the path that shows delegations ever signs one. */
export function isDelegationTransaction(unsigned: Uint8Array): boolean {
  return unsigned[0] === typeByte
}

/**
 * Reads 0x04 || rlp([chain, nonce, tip, fee, gas, to, value, data, access list, authorisations]) (EIP-7702), with exactly one
 * authorisation, for the transaction's own chain, and with zeros in the place of its signature.
 *
 * @throws AppError `signing.undecodable`
 */
export function decodeDelegationTransaction(unsigned: Uint8Array): DelegationTransaction {
  const fields = decodeList(unsigned.subarray(1))
  if (fields.length !== fieldCount) throw undecodable('malformed')
  const [chainId, nonce, maxPriorityFeePerGas, maxFeePerGas, gasLimit, to, value, data, accessList, list] =
    fields
  const decoded: DelegationTransaction = {
    chainId: readChainId(chainId),
    nonce: readSafeInteger(nonce),
    maxPriorityFeePerGas: readUint256(maxPriorityFeePerGas),
    maxFeePerGas: readUint256(maxFeePerGas),
    gasLimit: readUint256(gasLimit),
    to: readRecipient(to),
    value: readUint256(value),
    data: readBytes(data),
    accessList: readAccessList(accessList),
    authorization: readBlankAuthorization(list, readChainId(chainId)),
  }
  if (decoded.maxPriorityFeePerGas > decoded.maxFeePerGas) throw undecodable('feesInverted')
  if (decoded.maxFeePerGas * decoded.gasLimit > maximumUint256) throw undecodable('outOfRange')
  // One meaning, one encoding.
  if (bytesToHex(encodeDelegationTransaction(decoded)) !== bytesToHex(unsigned)) {
    throw undecodable('notCanonical')
  }
  return decoded
}

/** The bytes to hash where only the authorisation is signed, and the signed transaction where both are. */
export function encodeDelegationTransaction(
  decoded: DelegationTransaction,
  authorization: Signature | undefined = undefined,
  transaction: Signature | undefined = undefined,
): Uint8Array<ArrayBuffer> {
  const { delegate, nonce } = decoded.authorization
  const fields = [
    encodeNumber(decoded.chainId),
    encodeNumber(decoded.nonce),
    encodeNumber(decoded.maxPriorityFeePerGas),
    encodeNumber(decoded.maxFeePerGas),
    encodeNumber(decoded.gasLimit),
    decoded.to,
    encodeNumber(decoded.value),
    bytesToHex(decoded.data),
    decoded.accessList.map(({ address, storageKeys }) => [address, [...storageKeys]]),
    [[encodeNumber(decoded.chainId), delegate, encodeNumber(nonce), ...encodeSignature(authorization)]],
    ...(transaction ? encodeSignature(transaction) : []),
  ]
  return Uint8Array.from(hexToBytes(concatHex([numberToHex(typeByte, { size: 1 }), toRlp(fields)])))
}

function readBlankAuthorization(item: RlpItem | undefined, chainId: number) {
  if (!Array.isArray(item)) throw undecodable('malformed')
  const [only, ...others] = item as readonly RlpItem[]
  if (!Array.isArray(only) || only.length !== authorizationFieldCount) throw undecodable('malformed')
  // Somebody else's authorisation would be paid for, and one for every chain (0) would hold where nobody looked.
  if (others.length > 0) throw undecodable('delegation')
  const [authorizedChain, delegate, nonce, ...signature] = only as readonly RlpItem[]
  if (readUint256(authorizedChain) !== BigInt(chainId)) throw undecodable('delegation')
  // A signature that was made elsewhere is not one that was shown here.
  if (signature.some((part) => readBytes(part).length > 0)) throw undecodable('delegation')
  return { delegate: readRecipient(delegate), nonce: readSafeInteger(nonce) }
}

function encodeSignature(signature: Signature | undefined) {
  if (!signature) return ['0x', '0x', '0x'] as const
  const { yParity, r, s } = signature
  return [
    encodeNumber(yParity),
    encodeNumber(BigInt(bytesToHex(r))),
    encodeNumber(BigInt(bytesToHex(s))),
  ] as const
}

/** RLP has no zero: it is the empty string. */
function encodeNumber(value: number | bigint) {
  return BigInt(value) === 0n ? '0x' : numberToHex(value)
}
