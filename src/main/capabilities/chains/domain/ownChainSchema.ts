import { z } from 'zod'
import { chainFieldsSchema } from '../../../../shared/contract/chains.ts'
import { addressSchema } from '../../../../shared/identity/identity.ts'

/** A chain of the user's as the database and a backup keep it: what is written about it, and what its node told of it. */
export const ownChainSchema = z.strictObject({
  fields: chainFieldsSchema,
  facts: z.strictObject({
    blockTimeSeconds: z.number().positive(),
    hasSteadyBlocks: z.boolean(),
    hasStandardHeaders: z.boolean(),
    multicall3: addressSchema.exactOptional(),
  }),
})
