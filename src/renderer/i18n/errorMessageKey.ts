import type { ErrorCode } from '../../shared/errors/errorCodes.ts'

type WithUnderscore<Code extends string> = Code extends `${infer Area}.${infer Rest}`
  ? `${Area}_${Rest}`
  : Code

/** The catalogue's key of an error code: full stops would read as nesting there. */
export type ErrorMessageKey = WithUnderscore<ErrorCode>

export function errorMessageKey(code: ErrorCode): ErrorMessageKey {
  return code.replace('.', '_') as ErrorMessageKey
}
