/** Calls once after a delay; returns what cancels it. Never keeps the process alive by itself. */
export function schedule(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs)
  timer.unref()
  return () => clearTimeout(timer)
}
