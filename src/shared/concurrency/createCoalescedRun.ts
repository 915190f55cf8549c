/**
 * Joins bursts of requests for the same work: never two runs at once, and every request is followed by one whole run that began after it.
 *
 * The returned promise settles with that run.
 */
export function createCoalescedRun(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  function begin(): Promise<void> {
    const current = run().finally(() => {
      if (running === current) running = undefined
    })
    running = current
    return current
  }

  return () => {
    if (!running) return begin()
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined
        return begin()
      })
    return next
  }
}
