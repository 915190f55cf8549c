import { type Address, type Hash, type Hex, isAddress, isHex } from 'viem'
import { z } from 'zod'
import { RpcError, rpcErrorCode } from './RpcError.ts'

/** Hex-encoded bytes. */
export const bytesSchema = z.custom<Hex>(
  (value) => isHex(value) && value.length % 2 === 0,
  'expected 0x bytes',
)

/** A 32-byte hash. */
export const hashSchema = z.custom<Hash>(
  (value) => isHex(value) && value.length === 66,
  'expected a hash of 32 bytes',
)

/** An address in any letter case. */
export const addressSchema = z.custom<Address>(
  (value) => typeof value === 'string' && isAddress(value, { strict: false }),
  'expected an address',
)

/** A JSON-RPC quantity. */
export const quantitySchema = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,64}$/, 'expected a hex quantity')
  .transform((value) => BigInt(value))

/** Reads a method's parameters by its schema; throws `RpcError` -32602 that names the first thing wrong. */
export function parseParams<Schema extends z.ZodType>(
  schema: Schema,
  params: readonly unknown[],
): z.output<Schema> {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`
  throw new RpcError(
    rpcErrorCode.invalidParams,
    `invalid params${where}: ${issue?.message ?? 'not accepted'}`,
  )
}
