type Listener = ((...parameters: never[]) => void) & { listener?: Listener }

/** The part of Node's EventEmitter that a sandboxed preload gets. */
export type Emitter = {
  on(name: string, listener: Listener): Emitter
  addListener(name: string, listener: Listener): Emitter
  once(name: string, listener: Listener): Emitter
  off(name: string, listener: Listener): Emitter
  removeListener(name: string, listener: Listener): Emitter
  removeAllListeners(name?: string): Emitter
  emit(name: string, ...parameters: unknown[]): boolean
  listenerCount(name: string): number
}

/** Creates an event emitter for the preload world. Self-contained: injected as source text. */
export function createEmitter(): Emitter {
  const listeners = new Map<string, Listener[]>()

  const add = (name: string, listener: Listener): Emitter => {
    listeners.set(name, [...(listeners.get(name) ?? []), listener])
    return emitter
  }
  const remove = (name: string, listener: Listener): Emitter => {
    const present = listeners.get(name) ?? []
    const index = present.findLastIndex((item) => item === listener || item.listener === listener)
    if (index >= 0) listeners.set(name, present.toSpliced(index, 1))
    return emitter
  }

  const emitter: Emitter = {
    on: add,
    addListener: add,
    off: remove,
    removeListener: remove,
    once(name, listener) {
      const once: Listener = (...parameters) => {
        remove(name, once)
        listener(...parameters)
      }
      once.listener = listener
      return add(name, once)
    },
    removeAllListeners(name) {
      if (name === undefined) listeners.clear()
      else listeners.delete(name)
      return emitter
    },
    emit(name, ...parameters) {
      const present = listeners.get(name) ?? []
      for (const listener of present) Reflect.apply(listener, emitter, parameters)
      return present.length > 0
    },
    listenerCount: (name) => (listeners.get(name) ?? []).length,
  }
  return emitter
}
