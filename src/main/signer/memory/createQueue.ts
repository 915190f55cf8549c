/** Runs tasks one after the other, in the order in which they came; a failed one does not stop the next. */
export type Queue = <T>(task: () => Promise<T>) => Promise<T>

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const current = last.then(task)
    last = current.catch(() => {})
    return current
  }
}
