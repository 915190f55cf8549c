import { bytesToHex, fromRlp, getAddress } from 'viem/utils'
import {
  type Address,
  addressSchema,
  type ChainId,
  chainIdSchema,
} from '../../../shared/identity/identity.ts'
import { undecodable } from './undecodable.ts'

export const maximumUint256 = 2n ** 256n - 1n

export type RlpItem = Uint8Array | readonly RlpItem[]

export function decodeList(encoded: Uint8Array): readonly RlpItem[] {
  let item: RlpItem
  try {
    item = fromRlp(encoded, 'bytes')
  } catch {
    throw undecodable('malformed')
  }
  if (item instanceof Uint8Array) throw undecodable('malformed')
  return item
}

export function readBytes(item: RlpItem | undefined): Uint8Array {
  if (!(item instanceof Uint8Array)) throw undecodable('malformed')
  return item
}

export function readUint256(item: RlpItem | undefined): bigint {
  const bytes = readBytes(item)
  if (bytes.length > 32) throw undecodable('outOfRange')
  if (bytes.length === 0) return 0n
  // Yellow Paper, appendix B: integers carry no leading zeros.
  if (bytes[0] === 0) throw undecodable('notCanonical')
  return BigInt(bytesToHex(bytes))
}

export function readSafeInteger(item: RlpItem | undefined): number {
  const value = readUint256(item)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw undecodable('outOfRange')
  return Number(value)
}

export function readChainId(item: RlpItem | undefined): ChainId {
  const chainId = chainIdSchema.safeParse(readSafeInteger(item))
  if (!chainId.success) throw undecodable('outOfRange')
  return chainId.data
}

export function readRecipient(item: RlpItem | undefined): Address {
  const bytes = readBytes(item)
  if (bytes.length === 0) throw undecodable('contractCreation')
  const address = bytesToHex(bytes)
  if (!addressSchema.safeParse(address).success) throw undecodable('malformed')
  return getAddress(address)
}
