import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema, hashSchema } from '../identity/identity.ts'
import { command } from './route.ts'
import { feeSpeeds, sendOutcomeSchema } from './transfers.ts'

export const callRequestSchema = z.strictObject({
  accountId: accountIdSchema,
  chainId: chainIdSchema,
  to: addressSchema,
  /** Of the chain's coin, as a plain decimal; empty for none. */
  value: z.string().max(200),
  /** Hexadecimal, as a contract's documentation or another program gives it. */
  data: z.string().max(200_000),
  speed: z.enum(feeSpeeds),
})
export type CallRequest = z.infer<typeof callRequestSchema>

const messageOutcomeSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('signed'),
    /** r, s and v as hexadecimal. */
    signature: z.string(),
    digest: hashSchema,
    address: addressSchema,
  }),
  z.strictObject({ status: z.literal('rejected') }),
])
export type MessageOutcome = z.infer<typeof messageOutcomeSchema>

/** Calls of any contract and messages of any kind: each is explained and decided on in the approval window, like everything else. */
export const callsContract = {
  send: command(callRequestSchema, sendOutcomeSchema),
  /** EIP-191. */
  text: command(
    z.strictObject({ accountId: accountIdSchema, message: z.instanceof(Uint8Array) }),
    messageOutcomeSchema,
  ),
  /** EIP-712, as JSON. */
  typedData: command(
    z.strictObject({ accountId: accountIdSchema, chainId: chainIdSchema, json: z.string().max(200_000) }),
    messageOutcomeSchema,
  ),
} as const
