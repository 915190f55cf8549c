/** A value on its way between two worlds. Messages are cloned on the way, so references and cycles may stay. */
export type WireValue =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'array'; readonly items: WireValue[] }
  | { readonly kind: 'object'; readonly entries: [key: string, value: WireValue][] }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'promise'; readonly id: number }
  /** A function of the sender. */
  | { readonly kind: 'function'; readonly id: number }
  /** A function that the receiver once sent, coming home. */
  | { readonly kind: 'original'; readonly id: number }

/** What two bridge endpoints say to each other, synchronously. */
export type BridgeMessage =
  | { readonly type: 'expose'; readonly key: string; readonly value: WireValue }
  | { readonly type: 'call'; readonly id: number; readonly parameters: WireValue }
  | { readonly type: 'return'; readonly ok: boolean; readonly value: WireValue }
  | { readonly type: 'settle'; readonly id: number; readonly ok: boolean; readonly value: WireValue }
  | { readonly type: 'release'; readonly id: number }
  | { readonly type: 'open'; readonly url: string; readonly frameName: string; readonly features: string }

/** One world's end of the context bridge. */
export type BridgeEndpoint = {
  readonly receive: (message: BridgeMessage) => void
  /** Puts a frozen copy of the value on the other world's global object; throws where Electron does. */
  readonly expose: (key: string, value: unknown) => void
}

/**
 * Creates one end of the bridge between the page's world and the preload's, with the copying rules of Electron's
 * contextBridge. Self-contained, for its source text is injected into pages, and everything it uses of the global
 * object is captured at once: pages patch prototypes. A page that got hold of the channel all the same could only
 * call functions that were handed to it anyway.
 */
export function createBridgeEndpoint(post: (message: BridgeMessage) => void, target: object): BridgeEndpoint {
  const MAX_DEPTH = 1000
  const UNKNOWN_EXCEPTION =
    'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.'

  const { apply, ownKeys, getOwnPropertyDescriptor } = Reflect
  const { defineProperty, freeze, isFrozen, keys } = Object
  const { isArray } = Array
  const { isView } = ArrayBuffer
  const { get: mapGet, set: mapSet, delete: mapDelete } = Map.prototype
  const { get: weakGet, set: weakSet } = WeakMap.prototype
  const { register } = FinalizationRegistry.prototype
  const { then } = Promise.prototype
  const toText = Object.prototype.toString
  const NativePromise = Promise
  const NativeError = Error
  const NativeTypeError = TypeError
  const NativeMap = Map
  const CLONEABLE = ['Date', 'RegExp', 'Map', 'Set', 'ArrayBuffer', 'Boolean', 'Number', 'String', 'BigInt']
  const UNCLONEABLE = ['WeakMap', 'WeakSet', 'WeakRef', 'Symbol', 'SharedArrayBuffer', 'Generator']
  // Both go as they are: for the second the cloning itself refuses, as it does in Electron.
  const SENT_AS_THEY_ARE = [...CLONEABLE, ...UNCLONEABLE].map((name) => `[object ${name}]`)
  const PLATFORM_OBJECT = typeof Node === 'function' ? [Node, Blob, ImageBitmap] : []

  type Callable = (...parameters: unknown[]) => unknown
  type Settle = { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void }

  let lastId = 0
  const sentFunctions = new Map<number, Callable>()
  const pendingPromises = new Map<number, Settle>()
  const returned: (Extract<BridgeMessage, { type: 'return' }> | null)[] = []
  const idsOfProxies = new WeakMap<object, number>()
  const proxies = new FinalizationRegistry<number>((id) => post({ type: 'release', id }))

  const append = (array: unknown[], value: unknown): void => {
    defineProperty(array, array.length, { value, writable: true, enumerable: true, configurable: true })
  }

  const isCloneable = (value: object): boolean => {
    if (isView(value)) return true
    const text = apply(toText, value, []) as string
    for (let index = 0; index < SENT_AS_THEY_ARE.length; index++) {
      if (SENT_AS_THEY_ARE[index] === text) return true
    }
    for (let index = 0; index < PLATFORM_OBJECT.length; index++) {
      const platform = PLATFORM_OBJECT[index]
      if (platform !== undefined && value instanceof platform) return true
    }
    return false
  }

  const pack = (root: unknown): WireValue => {
    const seen = new NativeMap<unknown, WireValue>()

    const remember = (value: object, wire: WireValue): WireValue => {
      apply(mapSet, seen, [value, wire])
      return wire
    }

    const packFunction = (callable: Callable): WireValue => {
      const original = apply(weakGet, idsOfProxies, [callable]) as number | undefined
      if (original !== undefined) return { kind: 'original', id: original }
      const id = ++lastId
      apply(mapSet, sentFunctions, [id, callable])
      return { kind: 'function', id }
    }

    const packPromise = (promise: Promise<unknown>): WireValue => {
      const id = ++lastId
      const settle = (ok: boolean) => (value: unknown) => {
        let message: BridgeMessage
        try {
          message = { type: 'settle', id, ok, value: pack(value) }
        } catch (error) {
          message = { type: 'settle', id, ok: false, value: pack(error) }
        }
        post(message)
      }
      apply(then, promise, [settle(true), settle(false)])
      return { kind: 'promise', id }
    }

    const packValue = (value: unknown, depth: number): WireValue => {
      if (depth >= MAX_DEPTH) {
        throw new NativeTypeError(
          'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
        )
      }
      if (typeof value === 'symbol')
        throw new NativeTypeError('electron stand-in: symbols do not cross the bridge here')
      if (value === null || (typeof value !== 'object' && typeof value !== 'function'))
        return { kind: 'value', value }
      const known = apply(mapGet, seen, [value]) as WireValue | undefined
      if (known !== undefined) return known
      if (typeof value === 'function') return remember(value, packFunction(value as Callable))
      if (value instanceof NativePromise) return remember(value, packPromise(value))
      if (value instanceof NativeError) return remember(value, { kind: 'error', message: `${value.message}` })
      if (isArray(value)) {
        const items: WireValue[] = []
        for (let index = 0; index < value.length; index++) append(items, packValue(value[index], depth + 1))
        // As in Electron, only afterwards: an array inside itself exceeds the depth.
        return remember(value, { kind: 'array', items })
      }
      if (isCloneable(value)) return remember(value, { kind: 'value', value })
      const entries: [string, WireValue][] = []
      const wire = remember(value, { kind: 'object', entries })
      const names = keys(value)
      for (let index = 0; index < names.length; index++) {
        const name = names[index] ?? ''
        append(entries, [name, packValue((value as Record<string, unknown>)[name], depth + 1)])
      }
      return wire
    }

    return packValue(root, 0)
  }

  const createProxy = (id: number): Callable => {
    const proxy = (...parameters: unknown[]): unknown => {
      const depth = returned.length
      append(returned, null)
      try {
        post({ type: 'call', id, parameters: pack(parameters) })
        const answer = returned[depth]
        if (!answer) throw new NativeError('An object could not be cloned.')
        const value = unpack(answer.value)
        if (answer.ok) return value
        throw value
      } finally {
        returned.length = depth
      }
    }
    apply(weakSet, idsOfProxies, [proxy, id])
    apply(register, proxies, [proxy, id])
    return proxy
  }

  const unpack = (root: WireValue): unknown => {
    const built = new NativeMap<WireValue, unknown>()

    const buildValue = (wire: WireValue): unknown => {
      switch (wire.kind) {
        case 'value':
          return wire.value
        case 'error':
          return new NativeError(wire.message)
        case 'function':
          return createProxy(wire.id)
        case 'original':
          return apply(mapGet, sentFunctions, [wire.id])
        case 'promise':
          return new NativePromise((resolve, reject) => {
            apply(mapSet, pendingPromises, [wire.id, { resolve, reject }])
          })
        case 'array': {
          const array: unknown[] = []
          apply(mapSet, built, [wire, array])
          for (let index = 0; index < wire.items.length; index++)
            append(array, unpackValue(wire.items[index] as WireValue))
          return array
        }
        case 'object': {
          const object = {}
          apply(mapSet, built, [wire, object])
          for (let index = 0; index < wire.entries.length; index++) {
            const entry = wire.entries[index] as [string, WireValue]
            const value = unpackValue(entry[1])
            defineProperty(object, entry[0], { value, writable: true, enumerable: true, configurable: true })
          }
          return object
        }
      }
    }

    const unpackValue = (wire: WireValue): unknown => {
      const known = apply(mapGet, built, [wire])
      if (known !== undefined) return known
      const value = buildValue(wire)
      apply(mapSet, built, [wire, value])
      return value
    }

    return unpackValue(root)
  }

  const deepFreeze = (value: unknown): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return
    if (isView(value) || isFrozen(value)) return
    freeze(value)
    const names = ownKeys(value)
    for (let index = 0; index < names.length; index++) {
      const descriptor = getOwnPropertyDescriptor(value, names[index] as string)
      if (descriptor !== undefined) deepFreeze(descriptor.value)
    }
  }

  const answerCall = (id: number, parameters: WireValue): BridgeMessage => {
    try {
      const callable = apply(mapGet, sentFunctions, [id]) as Callable
      return {
        type: 'return',
        ok: true,
        value: pack(apply(callable, undefined, unpack(parameters) as unknown[])),
      }
    } catch (error) {
      const message =
        typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : undefined
      return {
        type: 'return',
        ok: false,
        value: { kind: 'error', message: typeof message === 'string' ? message : UNKNOWN_EXCEPTION },
      }
    }
  }

  const answerExpose = (key: string, wire: WireValue): BridgeMessage => {
    if (key in target) {
      const message = 'Cannot bind an API on top of an existing property on the window object'
      return { type: 'return', ok: false, value: { kind: 'error', message } }
    }
    const value = unpack(wire)
    deepFreeze(value)
    defineProperty(target, key, { value, writable: false, enumerable: true, configurable: false })
    return { type: 'return', ok: true, value: { kind: 'value', value: undefined } }
  }

  const settlePromise = (id: number, ok: boolean, wire: WireValue): void => {
    const promise = apply(mapGet, pendingPromises, [id]) as Settle | undefined
    apply(mapDelete, pendingPromises, [id])
    if (promise === undefined) return
    const value = unpack(wire)
    if (ok) promise.resolve(value)
    else promise.reject(value)
  }

  const receive = (message: BridgeMessage): void => {
    switch (message.type) {
      case 'return':
        returned[returned.length - 1] = message
        break
      case 'call':
        post(answerCall(message.id, message.parameters))
        break
      case 'expose':
        post(answerExpose(message.key, message.value))
        break
      case 'settle':
        settlePromise(message.id, message.ok, message.value)
        break
      case 'release':
        apply(mapDelete, sentFunctions, [message.id])
        break
    }
  }

  const expose = (key: string, value: unknown): void => {
    const depth = returned.length
    append(returned, null)
    try {
      post({ type: 'expose', key, value: pack(value) })
      const answer = returned[depth]
      if (!answer) throw new NativeError('An object could not be cloned.')
      if (!answer.ok) throw unpack(answer.value)
    } finally {
      returned.length = depth
    }
  }

  return { receive, expose }
}
