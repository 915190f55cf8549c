import { z } from 'zod'
import { failureSchema } from '../errors/Result.ts'
import { accountIdSchema, addressSchema, chainIdSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema, weiSchema } from '../money/units.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { orderIdSchema, orderPreviewSchema } from './orders.ts'
import { command, event, query } from './route.ts'
import { swapChannelSchema } from './swaps.ts'

/** The stablecoins into which a user flees, all of one chain. */
export const shelterBasketSchema = z.strictObject({
  chainId: chainIdSchema,
  /** Weights in hundredths of a percent; together 10,000. */
  parts: z
    .array(z.strictObject({ address: addressSchema, weightBps: z.int().min(1).max(10_000) }))
    .min(1)
    .max(8),
})
export type ShelterBasket = z.infer<typeof shelterBasketSchema>

export const shelterLegSchema = z.strictObject({
  sell: tokenSchema,
  buy: tokenSchema,
  /** What is sold, exactly. */
  units: baseUnitsSchema,
  /** By the preview. */
  expected: baseUnitsSchema,
  /** The leg stops rather than take less than this, also when it is quoted anew. */
  minimum: baseUnitsSchema,
  /** Of pools and gas together, against the market price; rounded up. */
  costBps: z.int().nonnegative(),
  /** To the chain, expected, of all that the leg takes. */
  fee: weiSchema,
  /** What an attacker could take if the leg were sent for all to see, in the token bought; that is why it is not. */
  publicLoss: baseUnitsSchema,
  /**
   * `sending`: waits for approval or was just signed. `sent`: waits for its block. `halted`: nothing was sent, or it came to
   * nothing; it can be tried again.
   */
  status: z.enum(['waiting', 'sending', 'sent', 'done', 'halted']),
  activityId: z.string().optional(),
  /** What really arrived. */
  bought: baseUnitsSchema.optional(),
  problem: failureSchema.optional(),
})
export type ShelterLeg = z.infer<typeof shelterLegSchema>

export const shelterPlanSchema = z.strictObject({
  id: z.string(),
  /** `in`: one token into the basket. `out`: the basket's coins into one token. */
  direction: z.enum(['in', 'out']),
  accountId: accountIdSchema,
  chainId: chainIdSchema,
  channel: swapChannelSchema,
  createdAtMs: timestampMsSchema,
  status: z.enum(['previewed', 'underWay', 'halted', 'done']),
  legs: z.array(shelterLegSchema).min(1).max(48),
})
export type ShelterPlan = z.infer<typeof shelterPlanSchema>

/** A flight that begins by itself. */
export const shelterArmingSchema = z.strictObject({
  accountId: accountIdSchema,
  /** What is sold when it falls. */
  token: z.union([z.literal('native'), addressSchema]),
  shareBps: z.int().min(1).max(10_000),
  /** How far it must fall from its highest price since it was armed, in hundredths of a percent. */
  fallBps: z.int().min(100).max(9_000),
  /** For how long it is armed. */
  days: z.int().min(1).max(364),
})
export type ShelterArming = z.infer<typeof shelterArmingSchema>

export const shelterRuleSchema = shelterArmingSchema.extend({
  createdAtMs: timestampMsSchema,
  /** One armed order for each coin of the basket. */
  orderIds: z.array(orderIdSchema).min(1),
})
export type ShelterRule = z.infer<typeof shelterRuleSchema>

export const shelterRulePreviewSchema = z.strictObject({
  legs: z.array(orderPreviewSchema).min(1),
  /** Symbols of the basket's coins that no pool joins directly with what falls; the others take their part. */
  leftOut: z.array(z.string()),
})
export type ShelterRulePreview = z.infer<typeof shelterRulePreviewSchema>

const planRefSchema = z.strictObject({ planId: z.string() })

export const shelterContract = {
  getBasket: query(nothing, shelterBasketSchema.nullable()),
  setBasket: command(shelterBasketSchema, shelterBasketSchema),
  /** Quotes every leg of moving a part of a holding into the basket, or of the basket back; nothing is sent. */
  preview: command(
    z.strictObject({
      accountId: accountIdSchema,
      direction: z.enum(['in', 'out']),
      /** What is sold on the way in; on the way out the one that is bought. */
      tokens: z
        .array(z.union([z.literal('native'), addressSchema]))
        .min(1)
        .max(6),
      shareBps: z.int().min(1).max(10_000),
    }),
    shelterPlanSchema,
  ),
  /** Executes the legs one after the other, each approved and sent protected. Also takes up a plan that was interrupted. */
  run: command(planRefSchema, shelterPlanSchema),
  /** Forgets the plan; what was sent stays sent. */
  abandon: command(planRefSchema, nothing),
  /** What the rule would do, leg by leg: an armed order each. */
  previewRule: command(shelterArmingSchema, shelterRulePreviewSchema),
  /** Asks for one standing rule a leg, and arms all of them or none. */
  arm: command(shelterArmingSchema, shelterRuleSchema),
  /** Ends what has not been sent yet. */
  disarm: command(nothing, nothing),
  getRule: query(nothing, shelterRuleSchema.nullable()),
  /** The plan that is under way or was interrupted. */
  getPlan: query(nothing, shelterPlanSchema.nullable()),
  planChanged: event(shelterPlanSchema),
} as const
