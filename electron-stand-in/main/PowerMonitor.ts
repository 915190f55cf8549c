import { EventEmitter } from 'node:events'
import { refuseUnknownMembers } from '../unavailable.ts'

/**
 * Electron's `powerMonitor`. The system's idle time is unknown here: it is the time since somebody last used one of the
 * app's own windows. No event comes by itself; tests emit them.
 */
class PowerMonitor extends EventEmitter {
  readonly onBatteryPower = false
  #activeAtMs = Date.now()

  getSystemIdleTime(): number {
    return Math.floor((Date.now() - this.#activeAtMs) / 1000)
  }

  getSystemIdleState(thresholdSeconds: number): 'active' | 'idle' | 'locked' | 'unknown' {
    return this.getSystemIdleTime() >= thresholdSeconds ? 'idle' : 'active'
  }

  isOnBatteryPower(): boolean {
    return this.onBatteryPower
  }

  /** Stand-in internals: a window of the app was used. */
  noteActivity(): void {
    this.#activeAtMs = Date.now()
  }
}

refuseUnknownMembers(PowerMonitor, 'powerMonitor')

/** Electron's `powerMonitor`. */
export const powerMonitor = new PowerMonitor()
