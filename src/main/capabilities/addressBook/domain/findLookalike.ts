import type { Address } from '../../../../shared/identity/identity.ts'

/**
 * Characters that agree at both ends from which an address counts as made to be mistaken for another one. People compare the first
 * and last three to six; three at each end and seven in all come about by chance once in some hundred million pairs.
 */
const leastAtEachEnd = 3
const leastInAll = 7

export interface Lookalike {
  readonly address: Address
  /** How many characters after `0x` agree at the beginning and at the end. */
  readonly prefix: number
  readonly suffix: number
}

/**
 * The known address that this one could be mistaken for, the most similar one first in question; none for a known address itself.
 *
 * Zeros at the beginning do not count as similar: contracts are given such addresses to save gas.
 */
export function findLookalike(address: Address, known: Iterable<Address>): Lookalike | undefined {
  const digits = address.slice(2).toLowerCase()
  let best: Lookalike | undefined
  for (const candidate of known) {
    const other = candidate.slice(2).toLowerCase()
    if (other === digits) return undefined
    const prefix = countCommonStart(digits, other)
    if (prefix < leastAtEachEnd) continue
    const suffix = countCommonEnd(digits, other)
    const weight = prefix - leadingZeros(digits, prefix)
    if (weight < leastAtEachEnd || suffix < leastAtEachEnd || weight + suffix < leastInAll) continue
    if (!best || prefix + suffix > best.prefix + best.suffix) best = { address: candidate, prefix, suffix }
  }
  return best
}

function countCommonStart(a: string, b: string): number {
  let count = 0
  while (count < a.length && a[count] === b[count]) count += 1
  return count
}

function countCommonEnd(a: string, b: string): number {
  let count = 0
  while (count < a.length && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1
  return count
}

function leadingZeros(digits: string, upTo: number): number {
  let count = 0
  while (count < upTo && digits[count] === '0') count += 1
  return count
}
