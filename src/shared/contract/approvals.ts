import { z } from 'zod'
import { addressSchema, hashSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { usdE18Schema } from '../money/units.ts'
import { nothing } from './common.ts'
import { messageRequestSchema } from './messages.ts'
import { dangerSchema } from './readings.ts'
import { command, event, query } from './route.ts'
import { referenceCurrencies } from './settings.ts'
import { signingRequestSchema } from './signing.ts'

const namedSchema = z.strictObject({
  address: addressSchema,
  name: z.string().max(256).exactOptional(),
  /** `account`: the user's own. `list`: shipped with Minato. `computed`: the address that a known factory gives this pool. `claim`: its own word. */
  nameFrom: z.enum(['account', 'list', 'computed', 'claim']).exactOptional(),
})

/** What one address gains or loses, as the trial ended. */
export const triedChangeSchema = z.strictObject({
  owner: namedSchema,
  /** Absent for pieces of collections, and tokens that tell nothing of themselves. */
  token: tokenSchema.exactOptional(),
  tokenAddress: z.union([z.literal('native'), addressSchema]),
  delta: z.bigint(),
  /** What it is worth in US dollars, without sign; absent where no price is known. */
  usd: usdE18Schema.exactOptional(),
})
export type TriedChange = z.infer<typeof triedChangeSchema>

const trialSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('matches'),
    blockNumber: z.bigint(),
    /** `node`: a node ran it. `here`: Minato ran it itself, on what nodes say the state is. */
    by: z.enum(['node', 'here']),
    changes: z.array(triedChangeSchema),
    /** Rights that the account gave while it ran. */
    grants: z.array(
      z.strictObject({
        kind: z.enum(['allowance', 'all', 'ownership']),
        token: namedSchema,
        to: namedSchema,
        units: z.bigint(),
        tokenDetails: tokenSchema.exactOptional(),
      }),
    ),
    contracts: z.array(
      namedSchema.extend({
        /** Whether the account has called or traded through it before, as far as this machine knows. */
        isFirstTime: z.boolean(),
      }),
    ),
  }),
  z.strictObject({ status: z.literal('unavailable') }),
])
export type Trial = z.infer<typeof trialSchema>

export const transactionApprovalSchema = z.strictObject({
  /** Decoded by the signer from the bytes to be signed. */
  request: signingRequestSchema,
  /** What the main process adds and the signer cannot know: shown as the node's word, not as fact. */
  claims: z.strictObject({
    recipientEnsName: z.string().optional(),
    recipientIsContract: z.boolean().optional(),
    /**
     * `matches`: exactly these transactions were run on the pending state, and they do what the signer read and nothing beyond.
     * `unavailable`: no node could, so that approving takes a decision of its own.
     */
    trial: trialSchema,
    /** Of the highest fee, in US dollars. */
    maximumFeeUsd: usdE18Schema.exactOptional(),
    /** The user's currency, and what one unit of it is worth. */
    rate: z.strictObject({ currency: z.enum(referenceCurrencies), usd: usdE18Schema }).exactOptional(),
    /** Found by the main process; each has to be accepted by name. */
    dangers: z.array(dangerSchema),
  }),
})
export type TransactionApproval = z.infer<typeof transactionApprovalSchema>

/** A message, a delegation or a standing rule; who asks is the main process's word. */
export const messageApprovalSchema = z.strictObject({
  message: messageRequestSchema,
  claims: z.strictObject({ askedBy: z.string().max(256).optional(), dangers: z.array(dangerSchema) }),
})
export type MessageApproval = z.infer<typeof messageApprovalSchema>

export const approvalSchema = z.union([transactionApprovalSchema, messageApprovalSchema])
export type Approval = z.infer<typeof approvalSchema>

const exactRequest = z.strictObject({ requestId: z.string(), digest: hashSchema })

export const approvalsContract = {
  getCurrent: query(nothing, approvalSchema.nullable()),
  /** `isUntriedAccepted`: the user has said that he signs although no node could try it. */
  approve: command(
    exactRequest.extend({
      isUntriedAccepted: z.literal(true).optional(),
      /** Every danger that was shown, by name. */
      accepted: z.array(dangerSchema.shape.kind).max(16).optional(),
    }),
    nothing,
  ),
  reject: command(exactRequest, nothing),
  changed: event(approvalSchema.nullable()),
} as const
