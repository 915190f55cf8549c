import type { MakerTraits } from '../../../../../shared/limitOrder/makerTraits.ts'

const WORD_MASK = (1n << 256n) - 1n

/** Where a maker's bit is: the word's number, and the bit in it. */
export interface InvalidatorBit {
  readonly slot: bigint
  readonly mask: bigint
}

/** The bit that a fill or a cancellation of an order with these traits sets. */
export function locateBit(traits: MakerTraits): InvalidatorBit {
  return { slot: traits.nonceOrEpoch >> 8n, mask: 1n << (traits.nonceOrEpoch & 0xffn) }
}

/** Whether the word read from `bitInvalidatorForOrder(maker, nonce)` says that the order is used up. */
export function isBitSet(traits: MakerTraits, word: bigint): boolean {
  return (word & locateBit(traits).mask) !== 0n
}

/**
 * What remains of an order by the word that `rawRemainingInvalidatorForOrder` gives: 0 stands for untouched, otherwise
 * it is the complement of what remains.
 */
export function readRemaining(makingAmount: bigint, rawWord: bigint): bigint {
  return rawWord === 0n ? makingAmount : ~rawWord & WORD_MASK
}

/**
 * A nonce whose bit nobody has taken, from the lowest on, given the words that the contract holds.
 *
 * @throws RangeError when all words given are full.
 */
export function findFreeNonce(words: readonly { readonly slot: bigint; readonly word: bigint }[]): bigint {
  for (const { slot, word } of words) {
    for (let bit = 0n; bit < 256n; bit += 1n) if ((word & (1n << bit)) === 0n) return (slot << 8n) | bit
  }
  throw new RangeError('No free bit in the words given')
}
