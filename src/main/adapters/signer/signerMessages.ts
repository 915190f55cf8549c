import { z } from 'zod'
import { failureSchema, type Result } from '../../../shared/errors/Result.ts'

/** What the signer process sends. The configuration goes the other way first, then requests `{ id, channel, input }`. */
export type SignerReply =
  | { readonly id: number; readonly result: Result<unknown> }
  /** Where a bug in the signer is; never its message, which may quote a secret. */
  | {
      readonly fault: { readonly channel: string; readonly name: string; readonly frames: readonly string[] }
    }

export const signerReplySchema = z.union([
  z.strictObject({
    id: z.int(),
    result: z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), value: z.unknown() }),
      z.strictObject({ ok: z.literal(false), error: failureSchema }),
    ]),
  }),
  z.strictObject({
    fault: z.strictObject({ channel: z.string(), name: z.string(), frames: z.array(z.string()) }),
  }),
])
