import { AppError } from '../../../shared/errors/AppError.ts'
import type { AttemptThrottle } from '../vault/attemptThrottle.ts'

/**
 * Runs one guess at the password: counted before it is made, forgiven when it was right.
 *
 * @throws AppError `vault.throttled`, and whatever the guess throws.
 */
export async function attempt<T>(throttle: AttemptThrottle, guess: () => Promise<T>): Promise<T> {
  await throttle.begin()
  try {
    const outcome = await guess()
    await throttle.succeed()
    return outcome
  } catch (error) {
    if (error instanceof AppError && foundAfterPassword.has(error.code)) await throttle.succeed()
    throw error
  }
}

/** What only the right password brings to light. */
const foundAfterPassword: ReadonlySet<string> = new Set(['vault.damaged', 'vault.unsupportedVersion'])
