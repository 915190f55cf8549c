import { keccak256, toRlp } from 'viem'
import { z } from 'zod'
import { bytesSchema, hash32Schema, quantitySchema } from '../rpcSchemas.ts'

/** A block's header with everything that its hash covers. Fields of later forks are missing where the chain has not reached them. */
export const fullHeaderSchema = z.object({
  hash: hash32Schema,
  parentHash: hash32Schema,
  sha3Uncles: hash32Schema,
  miner: bytesSchema,
  stateRoot: hash32Schema,
  transactionsRoot: hash32Schema,
  receiptsRoot: hash32Schema,
  logsBloom: bytesSchema,
  difficulty: quantitySchema,
  number: quantitySchema,
  gasLimit: quantitySchema,
  gasUsed: quantitySchema,
  timestamp: quantitySchema,
  extraData: bytesSchema,
  mixHash: hash32Schema,
  nonce: bytesSchema,
  baseFeePerGas: quantitySchema.nullish(),
  withdrawalsRoot: hash32Schema.nullish(),
  blobGasUsed: quantitySchema.nullish(),
  excessBlobGas: quantitySchema.nullish(),
  parentBeaconBlockRoot: hash32Schema.nullish(),
  requestsHash: hash32Schema.nullish(),
})
export type FullHeader = z.infer<typeof fullHeaderSchema>

/**
 * The hash of a header as execution clients compute it: Keccak-256 of the RLP list of its fields (Yellow Paper 4.4.3; EIP-1559, EIP-4895,
 * EIP-4844, EIP-4788 and EIP-7685 each added one or two at the end).
 */
export function computeHeaderHash(header: FullHeader): `0x${string}` {
  const later = [
    header.baseFeePerGas,
    header.withdrawalsRoot,
    header.blobGasUsed,
    header.excessBlobGas,
    header.parentBeaconBlockRoot,
    header.requestsHash,
  ]
  // A fork adds its fields after all earlier ones: the first that is missing ends the list.
  const end = later.findIndex((field) => field === undefined || field === null)
  const fields = [
    header.parentHash,
    header.sha3Uncles,
    header.miner,
    header.stateRoot,
    header.transactionsRoot,
    header.receiptsRoot,
    header.logsBloom,
    header.difficulty,
    header.number,
    header.gasLimit,
    header.gasUsed,
    header.timestamp,
    header.extraData,
    header.mixHash,
    header.nonce,
    ...(end === -1 ? later : later.slice(0, end)),
  ]
  return keccak256(
    toRlp(fields.map((field) => (typeof field === 'bigint' ? toBytes(field) : (field ?? '0x')))),
  )
}

/** A number as RLP wants it: big-endian without leading zeros, nothing for zero. */
export function toBytes(value: bigint): `0x${string}` {
  if (value === 0n) return '0x'
  const digits = value.toString(16)
  return `0x${digits.length % 2 === 0 ? digits : `0${digits}`}`
}
