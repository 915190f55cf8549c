import { AppError } from '../../../../shared/errors/AppError.ts'

/** For `resolve(…).catch`: a contract that does not behave as a token is none. @throws whatever else went wrong */
export function ignoreUnknownToken(thrown: unknown): undefined {
  if (thrown instanceof AppError && thrown.code === 'token.unknown') return undefined
  throw thrown
}
