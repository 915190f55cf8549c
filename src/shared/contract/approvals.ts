import { z } from 'zod'
import { addressSchema, hashSchema } from '../identity/identity.ts'
import { nothing } from './common.ts'
import { messageRequestSchema } from './messages.ts'
import { command, event, query } from './route.ts'
import { signingRequestSchema } from './signing.ts'
import { balanceChangeSchema } from './transfers.ts'

export const transactionApprovalSchema = z.strictObject({
  /** Decoded by the signer from the bytes to be signed. */
  request: signingRequestSchema,
  /** What the main process adds and the signer cannot know: shown as the node's word, not as fact. */
  claims: z.strictObject({
    recipientEnsName: z.string().optional(),
    recipientIsContract: z.boolean().optional(),
    simulatedChanges: z.array(balanceChangeSchema).optional(),
    /**
     * `matches`: a node ran exactly these transactions on its pending state, and they do what the signer read and nothing beyond.
     * `unavailable`: no node could, so that approving takes a decision of its own.
     */
    trial: z.discriminatedUnion('status', [
      z.strictObject({
        status: z.literal('matches'),
        blockNumber: z.bigint(),
        contracts: z.array(addressSchema),
      }),
      z.strictObject({ status: z.literal('unavailable') }),
    ]),
  }),
})
export type TransactionApproval = z.infer<typeof transactionApprovalSchema>

/** A message, a delegation or a standing rule; who asks is the main process's word. */
export const messageApprovalSchema = z.strictObject({
  message: messageRequestSchema,
  claims: z.strictObject({ askedBy: z.string().max(256).optional() }),
})
export type MessageApproval = z.infer<typeof messageApprovalSchema>

export const approvalSchema = z.union([transactionApprovalSchema, messageApprovalSchema])
export type Approval = z.infer<typeof approvalSchema>

const exactRequest = z.strictObject({ requestId: z.string(), digest: hashSchema })

export const approvalsContract = {
  getCurrent: query(nothing, approvalSchema.nullable()),
  /** `isUntriedAccepted`: the user has said that he signs although no node could try it. */
  approve: command(exactRequest.extend({ isUntriedAccepted: z.literal(true).optional() }), nothing),
  reject: command(exactRequest, nothing),
  changed: event(approvalSchema.nullable()),
} as const
