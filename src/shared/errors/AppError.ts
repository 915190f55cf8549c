import type { ErrorCode } from './errorCodes.ts'

export type ErrorParams = Readonly<Record<string, string | number | bigint | boolean>>

/**
 * An expected failure with a code that the user interface can put into words.
 *
 * `params` must never hold a secret: they cross processes and reach the log.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly retryable: boolean

  constructor(
    code: ErrorCode,
    params: ErrorParams = {},
    options: { cause?: unknown; retryable?: boolean } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.params = params
    this.retryable = options.retryable ?? false
  }
}
