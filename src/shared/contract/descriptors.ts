import { z } from 'zod'
import { addressSchema, chainIdSchema, hashSchema } from '../identity/identity.ts'
import { timestampMsSchema } from './common.ts'
import { command, query } from './route.ts'

/** A descriptor (ERC-7730) that the user loaded: whose contracts it explains, and which of their calls. */
export const descriptorSummarySchema = z.strictObject({
  /** keccak256 of its text. */
  digest: hashSchema,
  owner: z.string().max(256),
  contractName: z.string().max(256).exactOptional(),
  kind: z.enum(['calls', 'messages']),
  contracts: z.array(z.strictObject({ chainId: chainIdSchema, address: addressSchema })).max(512),
  /** Functions or types. */
  explains: z.array(z.string().max(4_096)).max(512),
  addedAtMs: timestampMsSchema,
})
export type DescriptorSummary = z.infer<typeof descriptorSummarySchema>

/** The text of a file; longer ones explain more than anybody has read. */
export const descriptorTextSchema = z.string().min(2).max(500_000)

export const descriptorsContract = {
  list: query(z.undefined(), z.array(descriptorSummarySchema)),
  /** Asks in the approval window, because a descriptor decides what later approvals say. */
  add: command(
    z.strictObject({ text: descriptorTextSchema }),
    z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('added'), descriptors: z.array(descriptorSummarySchema) }),
      z.strictObject({ status: z.literal('rejected') }),
    ]),
  ),
  remove: command(z.strictObject({ digest: hashSchema }), z.array(descriptorSummarySchema)),
} as const
