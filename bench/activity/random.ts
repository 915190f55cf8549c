import type { Address } from '../../src/shared/identity/identity.ts'

/** Repeatable chance (xorshift32). */
export function createRandom(seed: number) {
  let state = seed
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  const digits = (count: number) => {
    let text = ''
    while (text.length < count) text += next().toString(16).padStart(8, '0')
    return text.slice(0, count)
  }
  return {
    below: (limit: number) => next() % limit,
    address: (): Address => `0x${digits(40)}`,
    /** As contracts have that are met often: some zero bytes in front. */
    withZeros: (): Address => {
      const zeros = 4 + (next() % 6)
      return `0x${'0'.repeat(zeros)}${digits(40 - zeros)}`
    },
  }
}
