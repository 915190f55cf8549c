import { z } from 'zod'
import { AppError } from './AppError.ts'
import { errorCodes } from './errorCodes.ts'

export const failureSchema = z.strictObject({
  code: z.enum(errorCodes),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.bigint(), z.boolean()])),
  retryable: z.boolean(),
})

/** What crosses a process boundary instead of an exception: stacks and causes stay where they arose. */
export type Failure = z.infer<typeof failureSchema>

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure }

/** Turns whatever was thrown into a failure; everything that is not an AppError is a bug and becomes `internal`. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof AppError) {
    return { code: thrown.code, params: { ...thrown.params }, retryable: thrown.retryable }
  }
  return { code: 'internal', params: {}, retryable: false }
}

/** Returns the value, or throws the failure as the AppError that it was on the other side. */
export function unwrapResult<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new AppError(result.error.code, result.error.params, { retryable: result.error.retryable })
}
