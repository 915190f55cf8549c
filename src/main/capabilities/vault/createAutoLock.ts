import type { VaultDependencies } from './vault.ports.ts'

export interface AutoLock {
  /** The vault was opened: counting begins. */
  start(): void
  stop(): void
  /** The user did something. */
  noteActivity(): void
  /** The setting changed. */
  reschedule(): void
}

/**
 * Locks after a time without use.
 *
 * Measured by the clock, not by the timer: a timer stands still while the machine sleeps, and the first key press after
 * a night must find the vault locked.
 */
export function createAutoLock(
  { nowMs, after, autoLockMinutes }: Pick<VaultDependencies, 'nowMs' | 'after' | 'autoLockMinutes'>,
  lock: () => void,
): AutoLock {
  let isCounting = false
  let lastActivityMs = 0
  let cancel = () => {}

  function remainingMs(): number {
    const minutes = autoLockMinutes()
    return minutes === 0 ? Number.POSITIVE_INFINITY : lastActivityMs + minutes * 60_000 - nowMs()
  }

  function schedule(): void {
    cancel()
    cancel = () => {}
    const delayMs = remainingMs()
    if (isCounting && delayMs !== Number.POSITIVE_INFINITY) cancel = after(Math.max(0, delayMs), check)
  }

  function check(): void {
    if (!isCounting) return
    if (remainingMs() > 0) {
      schedule()
      return
    }
    stop()
    lock()
  }

  function stop(): void {
    isCounting = false
    cancel()
    cancel = () => {}
  }

  return {
    start() {
      isCounting = true
      lastActivityMs = nowMs()
      schedule()
    },
    stop,
    noteActivity() {
      if (!isCounting) return
      if (remainingMs() <= 0) check()
      // The timer that runs finds out by itself that it is too early.
      else lastActivityMs = nowMs()
    },
    reschedule: schedule,
  }
}
