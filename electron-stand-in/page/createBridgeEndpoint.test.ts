import { beforeEach, expect, test } from 'vitest'
import { type BridgeEndpoint, type BridgeMessage, createBridgeEndpoint } from './createBridgeEndpoint.ts'

/** The page's global object, as far as the bridge writes to it. */
let page: Record<string, unknown>
let preload: BridgeEndpoint

/** Two endpoints with a structured clone between them, as two worlds have. */
function connect(): void {
  page = {}
  const carry = (receive: (message: BridgeMessage) => void) => (message: BridgeMessage) => {
    let copy: BridgeMessage
    try {
      copy = structuredClone(message)
    } catch {
      // A DOM event whose detail cannot be cloned arrives without it.
      return
    }
    receive(copy)
  }
  preload = createBridgeEndpoint(
    carry((message) => pageEndpoint.receive(message)),
    {},
  )
  const pageEndpoint = createBridgeEndpoint(
    carry((message) => preload.receive(message)),
    page,
  )
}

function expose<Api extends Record<string, unknown>>(api: Api): Api {
  preload.expose('api', api)
  return page['api'] as Api
}

beforeEach(connect)

test('functions are called in their own world, nested as deep as one likes', () => {
  const api = expose({
    apply: (callback: (depth: number) => unknown, depth: number): unknown => callback(depth),
  })
  const descend = (depth: number): unknown => (depth === 0 ? 'bottom' : api.apply(descend, depth - 1))
  expect(descend(20)).toBe('bottom')
})

test('a function that crossed twice is itself again', () => {
  const api = expose({ identity: (value: unknown) => value })
  const mine = () => {}
  expect(api.identity(mine)).toBe(mine)
})

test('thrown errors become plain errors with their message, other throws a fixed one', () => {
  const api = expose({
    range: () => {
      throw new RangeError('too far')
    },
    text: () => {
      throw 'text'
    },
  })
  expect(api.range).toThrow(new Error('too far'))
  expect(api.text).toThrow(/a valid exception was not thrown/)
})

test('what cannot be cloned is refused, and leaves the bridge usable', () => {
  const api = expose({ weak: () => new WeakMap(), ping: () => 'pong', take: (_value: unknown) => 'taken' })
  expect(api.weak).toThrow('could not be cloned')
  expect(() => api.take(new WeakMap())).toThrow('could not be cloned')
  expect(api.ping()).toBe('pong')
})

test('objects may contain themselves, arrays may not', () => {
  const api = expose({ identity: (value: unknown) => value })
  const object: { self?: object } = {}
  object.self = object
  const copy = api.identity(object) as { self: object }
  expect(copy.self).toBe(copy)
  const array: unknown[] = []
  array.push(array)
  expect(() => api.identity(array)).toThrow('recursion depth exceeded')
})

test('promises settle across, with values and errors', async () => {
  const api = expose({
    later: async (value: unknown) => value,
    reject: async () => {
      throw new TypeError('later')
    },
  })
  expect(await api.later({ big: 5n, run: () => 1 })).toMatchObject({ big: 5n })
  await expect(api.reject()).rejects.toThrow(new Error('later'))
})

test('instances lose their prototype, and only own enumerable properties cross', () => {
  class Account {
    name = 'savings'
    balance(): number {
      return 1
    }
  }
  const copy = expose({ account: new Account() }).account as object
  expect(copy).toEqual({ name: 'savings' })
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
})

test('what is exposed is frozen through and through, but for bytes', () => {
  const api = expose({ nested: { list: [{ deep: 1 }] }, bytes: new Uint8Array([1]) })
  expect(Object.isFrozen(api.nested.list[0])).toBe(true)
  expect(api.bytes[0]).toBe(1)
  expect(() => preload.expose('api', {})).toThrow('Cannot bind an API on top of an existing property')
})
