import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { timestampMsSchema } from '../../../shared/contract/common.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { readFileIfExists } from '../../adapters/files/readFileIfExists.ts'
import { writeFileAtomically } from '../../adapters/files/writeFileAtomically.ts'

/**
 * Slows down whoever guesses at the keyboard. Whoever has the file guesses without this program: against that stand
 * Argon2id and the keychain secret.
 */
export interface AttemptThrottle {
  /** When the next attempt is taken, if not now. */
  throttledUntilMs(): Promise<number | undefined>
  /**
   * Counts an attempt before it is made, so that ending the process in the middle does not make it free.
   *
   * @throws AppError `vault.throttled`
   */
  begin(): Promise<void>
  /** The password was right. */
  succeed(): Promise<void>
}

const attemptsSchema = z.strictObject({
  version: z.literal(1),
  failures: z.int().nonnegative(),
  lastFailureAtMs: timestampMsSchema,
})
type Attempts = z.infer<typeof attemptsSchema>

const freeAttempts = 5
const firstDelayMs = 15_000
const longestDelayMs = 5 * 60_000
const maximumFileBytes = 4096

/** How long after so many wrong passwords in a row the next one has to wait. */
export function throttleDelayMs(failures: number): number {
  if (failures < freeAttempts) return 0
  return Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - freeAttempts))
}

export function createAttemptThrottle(path: string, nowMs: () => number): AttemptThrottle {
  let attempts: Attempts | undefined

  async function load(): Promise<Attempts> {
    attempts ??= (await readAttempts(path)) ?? { version: 1, failures: 0, lastFailureAtMs: 0 }
    return attempts
  }

  async function throttledUntilMs(): Promise<number | undefined> {
    const loaded = await load()
    // A clock that was set back must not lock anybody out for longer than the delay.
    if (loaded.lastFailureAtMs > nowMs()) attempts = { ...loaded, lastFailureAtMs: nowMs() }
    const { failures, lastFailureAtMs } = attempts ?? loaded
    const delayMs = throttleDelayMs(failures)
    const untilMs = lastFailureAtMs + delayMs
    return delayMs > 0 && untilMs > nowMs() ? untilMs : undefined
  }

  return {
    throttledUntilMs,

    async begin() {
      const untilMs = await throttledUntilMs()
      if (untilMs !== undefined) throw new AppError('vault.throttled', { untilMs })
      const { failures } = await load()
      attempts = { version: 1, failures: failures + 1, lastFailureAtMs: nowMs() }
      await persist(path, attempts)
    },

    async succeed() {
      attempts = { version: 1, failures: 0, lastFailureAtMs: 0 }
      await rm(path, { force: true }).catch(() => {
        // A count that cannot be removed costs the owner one delay after the next mistake, and nothing else.
      })
    },
  }
}

async function readAttempts(path: string): Promise<Attempts | undefined> {
  try {
    const bytes = await readFileIfExists(path, maximumFileBytes)
    return bytes && attemptsSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    // Whoever can damage this file can delete it too: refusing the owner would protect nothing.
    return undefined
  }
}

async function persist(path: string, attempts: Attempts): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFileAtomically(path, JSON.stringify(attempts))
  } catch {
    // A full or read-only disk must not keep the owner out; the count goes on in memory.
  }
}
