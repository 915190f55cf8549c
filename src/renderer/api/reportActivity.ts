/** How often use is worth a message; far below the shortest time to lock. */
const intervalMs = 15_000

interface ActivityApi {
  readonly app: { noteActivity(): Promise<unknown> }
}

/** Tells the main process while the user works, so that the wallet does not lock under somebody's hands. Returns what ends it. */
export function reportActivity(target: Window, api: ActivityApi, nowMs: () => number = Date.now): () => void {
  let lastToldMs = Number.NEGATIVE_INFINITY
  const note = () => {
    if (nowMs() - lastToldMs < intervalMs) return
    lastToldMs = nowMs()
    void api.app.noteActivity()
  }
  const kinds = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
  for (const kind of kinds) target.addEventListener(kind, note, { capture: true, passive: true })
  return () => {
    for (const kind of kinds) target.removeEventListener(kind, note, { capture: true })
  }
}
