import { z } from 'zod'
import { failureSchema } from '../errors/Result.ts'
import { accountIdSchema, chainIdSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema } from '../money/units.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { event, query } from './route.ts'

export const balanceSchema = z.strictObject({
  accountId: accountIdSchema,
  token: tokenSchema,
  units: baseUnitsSchema,
})
export type Balance = z.infer<typeof balanceSchema>

/** The balances of one chain, all read at one block. */
export const chainBalancesSchema = z.strictObject({
  chainId: chainIdSchema,
  blockNumber: z.bigint(),
  blockTimestampMs: timestampMsSchema,
  balances: z.array(balanceSchema),
})
export type ChainBalances = z.infer<typeof chainBalancesSchema>

export const portfolioSchema = z.strictObject({
  chains: z.array(chainBalancesSchema),
  /** Chains of which nothing, or nothing newer, could be read; their last known balances stay in `chains`. */
  failures: z.array(z.strictObject({ chainId: chainIdSchema, error: failureSchema })),
})
export type Portfolio = z.infer<typeof portfolioSchema>

export const portfolioContract = {
  /** Balances of every account on every enabled chain; zero balances of listed tokens are left out, native ones are not. */
  get: query(nothing, portfolioSchema),
  changed: event(portfolioSchema),
} as const
