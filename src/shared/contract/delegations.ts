import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema } from '../identity/identity.ts'
import { command, query } from './route.ts'
import { sendOutcomeSchema } from './transfers.ts'

export const delegationsSchema = z.strictObject({
  /** By EIP-7702, on each chain where there is one: the contract whose code decides what the account does. */
  delegations: z.array(z.strictObject({ chainId: chainIdSchema, delegate: addressSchema })),
  /** Chains whose nodes did not answer: nothing is known of them. */
  unansweredChainIds: z.array(chainIdSchema),
})
export type Delegations = z.infer<typeof delegationsSchema>

/** To whom an account was handed over on chain. Minato lists no contract to hand one over to; taking it back is always possible. */
export const delegationsContract = {
  /** Asks the enabled chains. */
  list: query(z.strictObject({ accountId: accountIdSchema }), delegationsSchema),
  /** Makes the account a plain one again, after an approval; costs the fee of a small transaction. */
  takeBack: command(
    z.strictObject({ accountId: accountIdSchema, chainId: chainIdSchema }),
    sendOutcomeSchema,
  ),
} as const
