/** Lets requests to one node through at a pace that the node bears. */
export interface RateGate {
  /** Settles when the next request may be sent. */
  pass(): Promise<void>
  /** The node said that it was asked too often: half the pace from now on, until it has held for a while. */
  slowDown(): void
}

export interface RateGateOptions {
  readonly perSecond: number
  /** Requests that may be sent at once after a pause. */
  readonly burst: number
  readonly monotonicMs: () => number
  readonly schedule: (callback: () => void, delayMs: number) => () => void
}

const slowest = 1
/** A pace that was borne for this long is tried a quarter faster. */
const recoveryMs = 20_000

/** A leaky bucket whose pace gives way when the node complains, and comes back by and by. */
export function createRateGate({ perSecond, burst, monotonicMs, schedule }: RateGateOptions): RateGate {
  let pace = perSecond
  let changedAtMs = monotonicMs()
  /** When the bucket would be empty. */
  let emptyAtMs = Number.NEGATIVE_INFINITY

  return {
    async pass() {
      const now = monotonicMs()
      if (pace < perSecond && now - changedAtMs >= recoveryMs) {
        pace = Math.min(perSecond, pace * 1.25)
        changedAtMs = now
      }
      const intervalMs = 1000 / pace
      emptyAtMs = Math.max(now, emptyAtMs) + intervalMs
      const waitMs = emptyAtMs - now - burst * intervalMs
      if (waitMs > 0) await new Promise<void>((resolve) => schedule(resolve, waitMs))
    },
    slowDown() {
      pace = Math.max(slowest, pace / 2)
      changedAtMs = monotonicMs()
    },
  }
}
