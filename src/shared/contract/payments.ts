import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema } from '../money/units.ts'
import { feedReadingSchema, transferRuleSchema } from './assets.ts'
import { command } from './route.ts'
import { swapChannelSchema, swapQuoteSchema } from './swaps.ts'
import { recipientSchema } from './transfers.ts'

/** So much of a currency to somebody, in whatever coin does it best. */
export const paymentRequestSchema = z.strictObject({
  accountId: accountIdSchema,
  chainId: chainIdSchema,
  /** ISO 4217, or CNH for the offshore renminbi. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** A plain decimal in whole units of the currency. */
  amount: z.string().min(1).max(100),
  /** An address or an ENS name. */
  recipient: z.string().max(300),
  /** The coin that is to arrive; without it one of the currency's own is chosen. */
  coin: addressSchema.exactOptional(),
  /** What the missing part is bought with; without it the holding that can best do without it. */
  payWith: z.union([z.literal('native'), addressSchema]).exactOptional(),
  channel: swapChannelSchema,
})
export type PaymentRequest = z.infer<typeof paymentRequestSchema>

/** How a payment would be made: one transfer of `coin`, after a conversion where the account holds too little of it. */
export const paymentPlanSchema = z.strictObject({
  accountId: accountIdSchema,
  chainId: chainIdSchema,
  currency: z.string(),
  recipient: recipientSchema,
  coin: tokenSchema,
  /** What the recipient gets. Of a coin that follows the currency as many as were asked for; of another what is worth as much. */
  units: baseUnitsSchema,
  /** What the account holds of it now. */
  held: baseUnitsSchema,
  rate: z.strictObject({
    /** Of one coin on this chain, in 1e-8 of the currency; absent where nothing deep enough and nothing fresh prices it. */
    coinE8: z.bigint().positive().optional(),
    /** That rate's distance from one unit for coins of the currency itself, in hundredths of a percent. */
    deviationBps: z.int().optional(),
    /** What one unit of the currency costs in US dollars; absent for the dollar itself. */
    reference: feedReadingSchema.optional(),
  }),
  /** Buys exactly what is missing, to be executed like any swap before the transfer. */
  conversion: z
    .strictObject({
      quote: swapQuoteSchema,
      /** What is paid above what the bought part is worth by the reference, in hundredths of a percent; negative below it. */
      aboveReferenceBps: z.int().optional(),
    })
    .optional(),
  /** Coins of the currency that this payment cannot use, and the rule of theirs that stands against it. */
  passedOver: z.array(z.strictObject({ symbol: z.string(), rule: transferRuleSchema })),
})
export type PaymentPlan = z.infer<typeof paymentPlanSchema>

export const paymentsContract = {
  /** Chooses the coin, asks its rules about the sender and the recipient, and quotes what has to be converted; sends nothing. */
  plan: command(paymentRequestSchema, paymentPlanSchema),
} as const
