import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema, hashSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema } from '../money/units.ts'
import { timestampMsSchema } from './common.ts'
import { descriptorSummarySchema } from './descriptors.ts'
import { dangerSchema, readingSchema } from './readings.ts'
import { command } from './route.ts'
import { ruleScopeSchema } from './rules.ts'

const partySchema = z.strictObject({ address: addressSchema, ownAccountName: z.string().optional() })

/** One member of EIP-712 data: a value as text, or its own members. */
export interface TypedField {
  readonly name: string
  readonly type: string
  readonly value?: string | undefined
  readonly fields?: readonly TypedField[] | undefined
}
export const typedFieldSchema: z.ZodType<TypedField, TypedField> = z.lazy(() =>
  z.strictObject({
    name: z.string(),
    type: z.string(),
    value: z.string().optional(),
    fields: z.array(typedFieldSchema).optional(),
  }),
)

const orderSideSchema = z.strictObject({ token: tokenSchema, units: baseUnitsSchema })

/** What EIP-712 data means, where a reading of its own tells more than any descriptor could. */
export const typedDataMeaningSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    /** An order after 1inch Limit Order Protocol v4: whoever holds it may carry it out, without another question. */
    kind: z.literal('limitOrder'),
    give: orderSideSchema,
    receive: orderSideSchema,
    /** Who receives, where that is not the account itself. */
    receiver: partySchema.exactOptional(),
    /** The last ten bytes of the only address that may fill it; absent where anybody may. */
    onlyFor: z.string().exactOptional(),
    /** Absent where it never ends by itself. */
    expiresAtMs: timestampMsSchema.exactOptional(),
    /** `parts`: as often as something is left. `once`: one fill, of any size. `whole`: all of it or nothing. */
    fills: z.enum(['parts', 'once', 'whole']),
  }),
])
export type TypedDataMeaning = z.infer<typeof typedDataMeaningSchema>

/** What is signed that is no transaction, as read by the signer. */
export const messageContentSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    /** EIP-191 personal_sign. */
    kind: z.literal('text'),
    /** Absent where the bytes are no readable text: then nobody can know what they mean. */
    text: z.string().optional(),
    hex: z.string(),
  }),
  z.strictObject({
    /** EIP-712. */
    kind: z.literal('typedData'),
    primaryType: z.string(),
    domain: z.array(typedFieldSchema),
    fields: z.array(typedFieldSchema),
    verifyingContract: addressSchema.optional(),
    meaning: typedDataMeaningSchema.optional(),
    /** Absent where no descriptor explains all of it. */
    reading: readingSchema.exactOptional(),
  }),
  z.strictObject({
    /** EIP-7702: the account's code becomes the delegate's; without one the account is a plain one again. */
    kind: z.literal('delegation'),
    delegate: z.strictObject({ address: addressSchema, name: z.string() }).exactOptional(),
    nonce: z.int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('standingRule'), rule: ruleScopeSchema }),
  /** Nothing is signed: from then on its contracts are explained by this descriptor. */
  z.strictObject({ kind: z.literal('descriptor'), descriptor: descriptorSummarySchema }),
])
export type MessageContent = z.infer<typeof messageContentSchema>

export const messageRequestSchema = z.strictObject({
  requestId: z.string(),
  /** What is signed: an approval is for exactly this hash. */
  digest: hashSchema,
  expiresAtMs: timestampMsSchema,
  accountId: accountIdSchema,
  from: partySchema,
  /** Absent where the message holds on every chain. */
  chain: z.strictObject({ chainId: chainIdSchema, name: z.string() }).optional(),
  content: messageContentSchema,
  /** Each has to be accepted by name, or nothing is signed. */
  dangers: z.array(dangerSchema),
})
export type MessageRequest = z.infer<typeof messageRequestSchema>

export const messageToSignSchema = z.discriminatedUnion('kind', [
  /** EIP-191, signed as its UTF-8. */
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(100_000) }),
  /** EIP-712: the JSON of `{ types, domain, primaryType, message }`. */
  z.strictObject({ kind: z.literal('typedData'), chainId: chainIdSchema, json: z.string().max(200_000) }),
])
export type MessageToSign = z.infer<typeof messageToSignSchema>

export const messageOutcomeSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('signed'),
    from: addressSchema,
    /** r, s, and v as 27 or 28; 65 bytes as hexadecimal. */
    signature: z.string().regex(/^0x[0-9a-f]{130}$/),
  }),
  z.strictObject({ status: z.literal('rejected') }),
])
export type MessageOutcome = z.infer<typeof messageOutcomeSchema>

/** Messages that the user himself wants to sign, to prove that an account is his or to agree to something. */
export const messagesContract = {
  /** Opens the approval window with what the signer reads; the signature is given there or nowhere. */
  request: command(
    z.strictObject({ accountId: accountIdSchema, message: messageToSignSchema }),
    messageOutcomeSchema,
  ),
} as const
