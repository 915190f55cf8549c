/** Events in order, and a way to wait for one: what tests have instead of sleeping. */
export interface Journal<Event> {
  readonly entries: readonly Event[]
  write(event: Event): void
  /** The first entry that matches, now or when it comes; from `mark` on where one is given. */
  find(matches: (event: Event) => boolean, mark?: number): Promise<Event>
  /** The place after the newest entry. */
  mark(): number
}

export function createJournal<Event>(): Journal<Event> {
  const entries: Event[] = []
  const waiters = new Set<(event: Event) => void>()
  return {
    entries,
    write(event) {
      entries.push(event)
      for (const waiter of [...waiters]) waiter(event)
    },
    find(matches, mark = 0) {
      const existing = entries.slice(mark).find(matches)
      if (existing !== undefined) return Promise.resolve(existing)
      return new Promise((resolve) => {
        const waiter = (event: Event) => {
          if (!matches(event)) return
          waiters.delete(waiter)
          resolve(event)
        }
        waiters.add(waiter)
      })
    },
    mark: () => entries.length,
  }
}
