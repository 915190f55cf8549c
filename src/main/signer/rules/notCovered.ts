import { AppError } from '../../../shared/errors/AppError.ts'

/** The refusal of what a standing rule does not allow, with what that is. */
export function notCovered(reason: string): AppError {
  return new AppError('rule.notCovered', { reason })
}
