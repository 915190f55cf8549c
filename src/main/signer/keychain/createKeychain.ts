import { AppError } from '../../../shared/errors/AppError.ts'
import { createQueue } from '../memory/createQueue.ts'

/** The part of keytar that is used; `null` means locked or missing, which keytar does not tell apart. */
export interface KeychainBackend {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, value: string): Promise<void>
}

export interface Keychain {
  /**
   * The entry, or `null` when the keychain is locked or does not have it.
   *
   * @throws AppError `keychain.unavailable`, `keychain.timeout`
   */
  read(account: string): Promise<string | null>
  /**
   * Writes an entry and reads it back: when it returns, the keychain has it.
   *
   * @throws AppError `keychain.unavailable`, `keychain.lockedOrMissing`, `keychain.timeout`
   */
  write(account: string, value: string): Promise<void>
}

export interface KeychainOptions {
  readonly service: string
  /** Loading may fail too: the system's library can be missing. */
  readonly load: () => Promise<KeychainBackend>
  readonly timeoutMs?: number
}

export const keychainTimeoutMs = 5_000

/**
 * The operating system's keychain with one call in flight: each call holds a thread of libuv's small pool, and a
 * frozen Secret Service keeps it for most of a minute. Until a call that ran into the time-out comes back, further
 * calls fail at once.
 */
export function createKeychain(options: KeychainOptions): Keychain {
  const { service, load, timeoutMs = keychainTimeoutMs } = options
  const queue = createQueue()
  let hanging = false
  let backend: Promise<KeychainBackend> | undefined

  function call<T>(operation: 'read' | 'write', task: (backend: KeychainBackend) => Promise<T>): Promise<T> {
    if (hanging) return Promise.reject(timedOut(operation, timeoutMs))
    return new Promise<T>((resolve, reject) => {
      let isRunning = false
      let isAbandoned = false
      const timer = setTimeout(() => {
        isAbandoned = true
        if (isRunning) hanging = true
        reject(timedOut(operation, timeoutMs))
      }, timeoutMs)
      void queue(async () => {
        // Its turn came too late: doing it now would change a keychain that nobody waits for any more.
        if (isAbandoned) return
        isRunning = true
        try {
          backend ??= load()
          resolve(await task(await backend))
        } catch (error) {
          reject(toKeychainError(operation, error))
        } finally {
          clearTimeout(timer)
          if (isAbandoned) hanging = false
        }
      })
    })
  }

  const read = (account: string) => call('read', (loaded) => loaded.getPassword(service, account))
  return {
    read,
    async write(account, value) {
      await call('write', (loaded) => loaded.setPassword(service, account, value))
      const kept = await read(account)
      if (kept === null) throw new AppError('keychain.lockedOrMissing', { operation: 'write' })
      if (kept !== value) throw new AppError('keychain.unavailable', { reason: 'failed', operation: 'write' })
    },
  }
}

function timedOut(operation: string, timeoutMs: number): AppError {
  return new AppError('keychain.timeout', { operation, seconds: timeoutMs / 1000 }, { retryable: true })
}

/** libsecret and GLib report in prose only; what is not recognised stays `failed`. */
const absentPatterns = [
  /autolaunch D-Bus/i,
  /was not provided by any \.service files/i,
  /Could not connect/i,
  /Failed to (?:execute|connect)/i,
  /cannot open shared object file/i,
  /ERR_DLOPEN_FAILED|MODULE_NOT_FOUND/,
]

function toKeychainError(operation: string, error: unknown): AppError {
  if (error instanceof AppError) return error
  const text = error instanceof Error ? `${'code' in error ? error.code : ''} ${error.message}` : ''
  if (/locked collection/i.test(text)) {
    return new AppError('keychain.lockedOrMissing', { operation }, { cause: error })
  }
  const reason = absentPatterns.some((pattern) => pattern.test(text)) ? 'absent' : 'failed'
  return new AppError('keychain.unavailable', { reason, operation }, { cause: error })
}
