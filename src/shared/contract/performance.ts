import { z } from 'zod'
import { accountIdSchema, tokenRefSchema } from '../identity/identity.ts'
import { baseUnitsSchema } from '../money/units.ts'
import { timestampMsSchema } from './common.ts'
import { query } from './route.ts'
import { costMethods, referenceCurrencies } from './settings.ts'

export const tokenBasisSchema = z.strictObject({
  token: tokenRefSchema,
  /** What is held, and how much of it has a known cost. */
  units: baseUnitsSchema,
  knownUnits: baseUnitsSchema,
  /** What the units of known cost were bought for. */
  cost: z.bigint().nonnegative(),
  /** Proceeds less cost of what was given away, where both are known; negative for a loss. */
  realised: z.bigint(),
  /** Given away, of which cost or proceeds are unknown. */
  unaccountedUnits: baseUnitsSchema,
})
export type TokenBasis = z.infer<typeof tokenBasisSchema>

export const valueHistorySchema = z.strictObject({
  /** Oldest first; a time at which something is not known is left out. The last one is now. */
  points: z.array(z.strictObject({ atMs: timestampMsSchema, value: z.bigint().nonnegative() })),
  /** Tokens that no point counts, because too little is known of their prices. */
  excluded: z.array(tokenRefSchema),
  /** What came in less what went out between the first point and the last, at the prices then; absent where one is unknown. */
  netInflow: z.bigint().exactOptional(),
})
export type ValueHistory = z.infer<typeof valueHistorySchema>

/** What holdings cost, brought in and were worth, by the activity and by past prices. All money is in 10^-18 of the currency. */
export const performanceContract = {
  /** Of every token that any account holds or moved. What went from one own account to another was neither bought nor sold. */
  getBasis: query(
    z.strictObject({ currency: z.enum(referenceCurrencies), method: z.enum(costMethods) }),
    z.array(tokenBasisSchema),
  ),
  getValues: query(
    z.strictObject({
      /** All accounts where absent. */
      accountId: accountIdSchema.optional(),
      currency: z.enum(referenceCurrencies),
      sinceMs: timestampMsSchema,
      points: z.int().min(2).max(500),
    }),
    valueHistorySchema,
  ),
} as const
