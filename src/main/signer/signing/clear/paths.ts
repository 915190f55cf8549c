import { hexToBytes, isHex, numberToHex, stringToHex } from 'viem/utils'
import { undecodable } from '../undecodable.ts'

/** What a path may point into. */
export interface PathScope {
  /** The decoded arguments, or the message: what `#` stands for. */
  readonly root: unknown
  /** Where a path without a root begins: the arguments, or an element of a list within a group. */
  readonly base: unknown
  /** What `@` stands for. */
  readonly container: {
    readonly from: string
    readonly to: string
    readonly value: bigint
    readonly chainId: bigint
  }
  /** What `$` stands for: the merged descriptor. */
  readonly file: unknown
}

export interface Resolved {
  readonly values: readonly unknown[]
  /** Whether the path chose elements of a list, even if only one or none is there. */
  readonly isMany: boolean
}

type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }

const mostValues = 500

/**
 * Everything that a path of ERC-7730 points at.
 *
 * @throws AppError `signing.undecodable` where there is nothing.
 */
export function resolvePath(path: string, scope: PathScope): Resolved {
  const root = /^[#$@](?=\.|$)/.exec(path)?.[0]
  const steps = parseSteps(root === undefined ? path : path.slice(2))
  const start =
    root === '#' ? scope.root : root === '$' ? scope.file : root === '@' ? scope.container : scope.base
  let values: readonly unknown[] = [start]
  let isMany = false
  for (const step of steps) {
    if (step.kind === 'slice' && values.every(Array.isArray)) {
      values = values.flatMap((value) => (value as unknown[]).slice(step.from ?? 0, step.to))
      isMany = true
    } else {
      values = values.map((value) => take(value, step, path))
    }
    if (values.length > mostValues) throw undecodable('tooLarge')
  }
  return { values, isMany }
}

/** The one value that a path points at. @throws AppError `signing.undecodable` */
export function resolveOne(path: string, scope: PathScope): unknown {
  const { values } = resolvePath(path, scope)
  if (values.length !== 1) throw undecodable('descriptor', path)
  return values[0]
}

function parseSteps(path: string): Step[] {
  if (path === '') return []
  // `recipients[0]` and `recipients.[0]` are the same.
  return path
    .replace(/(?<=[\w$\]])\[/g, '.[')
    .split('.')
    .map((part): Step => {
      const bracket = /^\[(?:(-?\d+)|(-?\d*)?(:)?(-?\d*)?)\]$/.exec(part)
      if (!bracket) return { kind: 'name', name: part }
      const [, index, from, , to] = bracket
      if (index !== undefined) return { kind: 'index', index: Number(index) }
      return { kind: 'slice', from: from ? Number(from) : undefined, to: to ? Number(to) : undefined }
    })
}

function take(value: unknown, step: Step, path: string): unknown {
  if (step.kind === 'name') {
    if (step.name === 'length' && Array.isArray(value)) return BigInt(value.length)
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, step.name)) {
      return (value as Record<string, unknown>)[step.name]
    }
  } else if (step.kind === 'index' && Array.isArray(value)) {
    const element = value.at(step.index)
    if (element !== undefined) return element
  } else if (step.kind === 'slice') {
    return sliceBytes(value, step, path)
  }
  throw undecodable('descriptor', path)
}

/** A slice of bytes, of text, or of an integer's thirty-two bytes. */
function sliceBytes(value: unknown, { from, to }: Extract<Step, { kind: 'slice' }>, path: string): string {
  const hex =
    typeof value === 'bigint'
      ? numberToHex(BigInt.asUintN(256, value), { size: 32 })
      : typeof value !== 'string'
        ? undefined
        : isHex(value)
          ? value
          : stringToHex(value)
  if (hex === undefined) throw undecodable('descriptor', path)
  const length = hexToBytes(hex).length
  const at = (index: number) => Math.min(length, Math.max(0, index < 0 ? length + index : index))
  const [start, end] = [at(from ?? 0), at(to ?? length)]
  if (end <= start) throw undecodable('descriptor', path)
  return `0x${hex.slice(2 + start * 2, 2 + end * 2)}`
}
