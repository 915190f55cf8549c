import { z } from 'zod'
import { addressSchema } from '../../../shared/identity/identity.ts'

/** A JSON-RPC quantity of at most 256 bits. Leading zeros are tolerated; nodes do send them. */
export const quantitySchema = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,64}$/)
  .transform((text) => BigInt(text))

/** A quantity that fits a safe integer: nonces, timestamps in seconds, indexes. */
export const smallQuantitySchema = quantitySchema
  .refine((value) => value <= BigInt(Number.MAX_SAFE_INTEGER))
  .transform((value) => Number(value))

/** Bytes as lower-case hexadecimal, at most 1 MiB of them. */
export const bytesSchema = z
  .string()
  .max(2_097_154)
  .regex(/^0x(?:[0-9a-fA-F]{2})*$/)
  .transform((text) => text.toLowerCase() as `0x${string}`)

export const hash32Schema = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/)
  .transform((text) => text.toLowerCase() as `0x${string}`)

/** What `eth_getProof` tells of an account (EIP-1186), without its storage. */
export const accountProofSchema = z.object({
  balance: quantitySchema,
  nonce: quantitySchema,
  codeHash: hash32Schema,
  storageHash: hash32Schema,
  accountProof: z.array(bytesSchema).max(70),
})

export const blockHeaderSchema = z.object({
  number: quantitySchema,
  hash: hash32Schema,
  parentHash: hash32Schema,
  timestamp: smallQuantitySchema,
  baseFeePerGas: quantitySchema.optional(),
})
export type BlockHeader = z.infer<typeof blockHeaderSchema>

export const logSchema = z.object({
  address: addressSchema,
  topics: z.array(hash32Schema).max(4),
  data: bytesSchema,
})
