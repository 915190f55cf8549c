import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema } from '../identity/identity.ts'
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

/** Calls of any contract: each is explained and decided on in the approval window, like everything else. */
export const callsContract = {
  send: command(callRequestSchema, sendOutcomeSchema),
} as const
