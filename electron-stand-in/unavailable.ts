/** Thrown wherever an app reaches for something of Electron that cannot be stood in for faithfully. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError'
  constructor(what: string, hint = 'see electron-stand-in/README.md, or run on real Electron') {
    super(`electron stand-in: ${what} is not available here; ${hint}`)
  }
}

// What JavaScript itself, consoles and inspectors look up on any object: answering "absent" is the truth.
const LOOKED_UP_BY_THE_RUNTIME = new Set([
  'then',
  'toJSON',
  'inspect',
  'nodeType',
  '$$typeof',
  'asymmetricMatch',
  'domain',
])

const isLookedUpByTheRuntime = (key: string | symbol): boolean =>
  typeof key === 'symbol' || LOOKED_UP_BY_THE_RUNTIME.has(key)

/** An Electron module none of which is available: reading, calling or constructing it throws UnavailableError. */
export function createUnavailableModule(name: string): unknown {
  const refuse = (): never => {
    throw new UnavailableError(name)
  }
  return new Proxy(function unavailable() {}, {
    apply: refuse,
    construct: refuse,
    get: (target, key) => {
      if (isLookedUpByTheRuntime(key) || key === 'prototype') return Reflect.get(target, key)
      throw new UnavailableError(`${name}.${String(key)}`)
    },
  })
}

/**
 * Makes reading a member that an API class lacks throw UnavailableError instead of giving `undefined`.
 * The trap sits at the end of the prototype chain, so instances stay ordinary objects that tests may patch.
 */
export function refuseUnknownMembers(apiClass: { prototype: object }, name: string): void {
  const inherited = Object.getPrototypeOf(apiClass.prototype) as object
  Object.setPrototypeOf(
    apiClass.prototype,
    new Proxy(inherited, {
      get: (target, key, receiver) => {
        if (key in target || isLookedUpByTheRuntime(key)) return Reflect.get(target, key, receiver)
        throw new UnavailableError(`${name}.${String(key)}`)
      },
    }),
  )
}
