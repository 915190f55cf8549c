import type { Address } from 'viem'

export interface ContractCall {
  readonly to: Address
  readonly data: `0x${string}`
}

/** What one call of an aggregate gave: its bytes, or `undefined` where it failed. */
export type CallResult = `0x${string}` | undefined

const digitsPerWord = 64
/** Of `aggregate3((address target, bool allowFailure, bytes callData)[])`. */
const selector = '0x82ad56cb'

/**
 * The call of Multicall3 that carries out calls of which each may fail. Written and read by hand: with every block hundreds of calls pass
 * through here, and a coder for any type takes ten times as long for these two.
 */
export function encodeAggregate3(calls: readonly ContractCall[]): `0x${string}` {
  const offsets: string[] = []
  const tuples: string[] = []
  let offset = calls.length * 32
  for (const { to, data } of calls) {
    const digits = data.slice(2)
    const bytes = digits.length / 2
    const padded = Math.ceil(bytes / 32) * digitsPerWord
    offsets.push(toWord(offset))
    tuples.push(
      `${to.slice(2).toLowerCase().padStart(digitsPerWord, '0')}${toWord(1)}${toWord(0x60)}${toWord(bytes)}${digits.padEnd(padded, '0')}`,
    )
    offset += 4 * 32 + padded / 2
  }
  return `${selector}${toWord(0x20)}${toWord(calls.length)}${offsets.join('')}${tuples.join('')}`
}

/**
 * The results of as many calls, in their order.
 *
 * @param answer whole bytes in hexadecimal
 * @throws RangeError where they are anything else, or those of another number of calls.
 */
export function decodeAggregate3(answer: `0x${string}`, calls: number): CallResult[] {
  const digits = answer.slice(2)
  const list = readNumber(digits, 0)
  if (readNumber(digits, list) !== calls) throw new RangeError('Another number of results than of calls')
  const first = list + 32
  return Array.from({ length: calls }, (_, index): CallResult => {
    const tuple = first + readNumber(digits, first + index * 32)
    const isDone = readNumber(digits, tuple)
    if (isDone > 1) throw new RangeError('A truth value is neither')
    const bytes = tuple + readNumber(digits, tuple + 32)
    const [start, length] = [bytes + 32, readNumber(digits, bytes)]
    if ((start + length) * 2 > digits.length) throw new RangeError('Bytes end after the answer')
    return isDone === 1 ? `0x${digits.slice(start * 2, (start + length) * 2)}` : undefined
  })
}

function toWord(value: number): string {
  return value.toString(16).padStart(digitsPerWord, '0')
}

/** The number in the word at so many bytes: a truth value, or one that counts bytes of the answer and so is no greater. */
function readNumber(digits: string, at: number): number {
  const word = digits.slice(at * 2, at * 2 + digitsPerWord)
  const value = word.length === digitsPerWord ? Number(`0x${word}`) : Number.NaN
  if (!(value <= digits.length)) throw new RangeError('A number leads out of the answer')
  return value
}
