/** Any number of readers, or one writer: a waiting writer goes before readers that come after it. */
export interface ReadWriteLock {
  read<Result>(task: () => Promise<Result>): Promise<Result>
  write<Result>(task: () => Promise<Result>): Promise<Result>
}

/** Keeps node reads out while a block is tried, mined and perhaps undone, so that no client sees a block that will not stand. */
export function createReadWriteLock(): ReadWriteLock {
  let readers = 0
  let writing = false
  const waitingReaders: (() => void)[] = []
  const waitingWriters: (() => void)[] = []

  function admit(): void {
    if (writing) return
    if (waitingWriters.length > 0) {
      if (readers > 0) return
      writing = true
      waitingWriters.shift()?.()
      return
    }
    for (const enter of waitingReaders.splice(0)) {
      readers += 1
      enter()
    }
  }

  function enterWith(queue: (() => void)[]): Promise<void> {
    return new Promise((enter) => {
      queue.push(enter)
      admit()
    })
  }

  return {
    async read(task) {
      await enterWith(waitingReaders)
      try {
        return await task()
      } finally {
        readers -= 1
        admit()
      }
    },
    async write(task) {
      await enterWith(waitingWriters)
      try {
        return await task()
      } finally {
        writing = false
        admit()
      }
    },
  }
}
