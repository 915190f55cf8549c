import process from 'node:process'
import { powerMonitor } from 'electron'

/** Between two looks at the screen, where the system does not tell: long enough to cost nothing, short enough to be no chance. */
const lookEveryMs = 3_000

/**
 * Calls when whoever sits at the machine has left it: it sleeps, its screen is locked, or another user takes it over (macOS tells
 * that by an event of its own; Windows locks the screen for it).
 *
 * @param isWatched whether there is anything to lock; otherwise nothing is asked of the system.
 */
export function watchAbsence(isWatched: () => boolean, onAbsent: () => void): void {
  for (const event of ['lock-screen', 'suspend', 'user-did-resign-active'] as const) {
    powerMonitor.on(event as 'suspend', onAbsent)
  }
  // Electron tells of locked screens on macOS and Windows only. On Linux it knows when it is asked.
  if (process.platform !== 'linux') return
  setInterval(() => {
    if (isWatched() && powerMonitor.getSystemIdleState(60) === 'locked') onAbsent()
  }, lookEveryMs).unref()
}
