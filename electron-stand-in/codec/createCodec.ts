/** Base64 as the surrounding world offers it: Node and pages differ. */
export type Base64 = {
  readonly encode: (bytes: Uint8Array) => string
  readonly decode: (text: string) => Uint8Array<ArrayBuffer>
}

/** Carries any structured-cloneable value through a string; `encode` throws DataCloneError as Electron's IPC does. */
export type Codec = {
  readonly encode: (value: unknown) => string
  readonly decode: (text: string) => unknown
}

/**
 * Creates the codec of IPC messages. It must stay self-contained, without imports or outer names:
 * its source text is also injected into pages.
 */
export function createCodec(base64: Base64): Codec {
  type Token = unknown[]
  const ERRORS: Record<string, ErrorConstructor> = {
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  }
  const VIEWS: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  }

  const refuse = (): never => {
    throw new DOMException('An object could not be cloned.', 'DataCloneError')
  }

  const viewName = (view: ArrayBufferView): string => {
    // Node's Buffer is a Uint8Array to everybody else, as structured clone has it.
    for (const name of Object.keys(VIEWS)) {
      const ViewType = VIEWS[name]
      if (ViewType !== undefined && view instanceof ViewType) return name
    }
    return refuse()
  }

  const encode = (root: unknown): string => {
    const nodes: Token[] = []
    const seen = new Map<object, number>()

    const encodeEntries = (value: object): Token[] =>
      Object.keys(value).map((key) => [key, encodeValue((value as Record<string, unknown>)[key])])

    const encodeObject = (value: object): Token => {
      if (Array.isArray(value)) return ['array', value.length, encodeEntries(value)]
      if (value instanceof Date) return ['date', value.getTime()]
      if (value instanceof RegExp) return ['regexp', value.source, value.flags]
      if (value instanceof Map)
        return ['map', [...value].map(([key, item]) => [encodeValue(key), encodeValue(item)])]
      if (value instanceof Set) return ['set', [...value].map(encodeValue)]
      if (value instanceof ArrayBuffer) return ['buffer', base64.encode(new Uint8Array(value))]
      if (ArrayBuffer.isView(value)) {
        const bytes = new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength)
        return ['view', viewName(value), base64.encode(bytes)]
      }
      if (value instanceof Error) {
        const name = Object.hasOwn(ERRORS, value.name) ? value.name : 'Error'
        const cause = 'cause' in value ? [encodeValue(value.cause)] : []
        return ['error', name, String(value.message), String(value.stack), cause]
      }
      const tag = Object.prototype.toString.call(value)
      if (tag !== '[object Object]' && !Object.hasOwn(value, Symbol.toStringTag)) return refuse()
      return ['object', encodeEntries(value)]
    }

    const encodeValue = (value: unknown): Token => {
      if (value === undefined) return ['undefined']
      if (value === null || typeof value === 'boolean' || typeof value === 'string') return ['plain', value]
      if (typeof value === 'number') {
        if (Object.is(value, -0)) return ['number', '-0']
        return Number.isFinite(value) ? ['plain', value] : ['number', String(value)]
      }
      if (typeof value === 'bigint') return ['bigint', value.toString()]
      if (typeof value !== 'object') return refuse()
      const known = seen.get(value)
      if (known !== undefined) return ['reference', known]
      const index = nodes.length
      seen.set(value, index)
      nodes.push([])
      nodes[index] = encodeObject(value)
      return ['reference', index]
    }

    const token = encodeValue(root)
    return JSON.stringify([token, nodes])
  }

  const decode = (text: string): unknown => {
    const [root, nodes] = JSON.parse(text) as [Token, Token[]]
    const built = new Map<number, object>()

    // defineProperty, so that a key named __proto__ stays a key.
    const define = (target: object, key: string, value: unknown) =>
      Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })

    const build = (index: number): object => {
      const node = nodes[index] ?? []
      const keep = <T extends object>(value: T): T => {
        built.set(index, value)
        return value
      }
      switch (node[0]) {
        case 'array': {
          const array = keep(new Array(node[1] as number))
          for (const [key, item] of node[2] as [string, Token][]) define(array, key, decodeValue(item))
          return array
        }
        case 'object': {
          const object = keep({})
          for (const [key, item] of node[1] as [string, Token][]) define(object, key, decodeValue(item))
          return object
        }
        case 'map': {
          const map = keep(new Map())
          for (const [key, item] of node[1] as [Token, Token][]) map.set(decodeValue(key), decodeValue(item))
          return map
        }
        case 'set': {
          const set = keep(new Set())
          for (const item of node[1] as Token[]) set.add(decodeValue(item))
          return set
        }
        case 'date':
          // An invalid date's time is NaN, which JSON writes as null.
          return keep(new Date((node[1] as number | null) ?? Number.NaN))
        case 'regexp':
          return keep(new RegExp(node[1] as string, node[2] as string))
        case 'buffer':
          return keep(base64.decode(node[1] as string).buffer)
        case 'view': {
          const ViewType = VIEWS[node[1] as string]
          if (ViewType === undefined) throw new Error(`unknown view ${node[1]}`)
          return keep(new ViewType(base64.decode(node[2] as string).buffer))
        }
        case 'error': {
          const ErrorType = ERRORS[node[1] as string] ?? Error
          const error = keep(new ErrorType(node[2] as string))
          Object.defineProperty(error, 'stack', {
            value: node[3],
            writable: true,
            enumerable: false,
            configurable: true,
          })
          const [cause] = node[4] as Token[]
          if (cause !== undefined) {
            Object.defineProperty(error, 'cause', {
              value: decodeValue(cause),
              writable: true,
              enumerable: false,
              configurable: true,
            })
          }
          return error
        }
      }
      throw new Error(`unknown node ${node[0]}`)
    }

    const decodeValue = (token: Token): unknown => {
      switch (token[0]) {
        case 'undefined':
          return undefined
        case 'plain':
          return token[1]
        case 'number':
          return Number(token[1])
        case 'bigint':
          return BigInt(token[1] as string)
        case 'reference':
          return built.get(token[1] as number) ?? build(token[1] as number)
      }
      throw new Error(`unknown token ${token[0]}`)
    }

    return decodeValue(root)
  }

  return { encode, decode }
}
