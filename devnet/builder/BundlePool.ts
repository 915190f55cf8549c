import { concatHex, type Hash, keccak256 } from 'viem'
import type { PoolTransaction } from './decodeTransaction.ts'

/** Transactions that a searcher wants next to each other, in this order, in one block, all of them or none. */
export interface Bundle {
  readonly hash: Hash
  readonly transactions: readonly PoolTransaction[]
  readonly blockNumber: bigint
  /** Those that may revert without spoiling the bundle. */
  readonly revertingHashes: ReadonlySet<Hash>
}

const mostPerBlock = 64

/** The identity of a bundle, as Flashbots computes it: the hash of its transactions' hashes. */
export function computeBundleHash(transactions: readonly PoolTransaction[]): Hash {
  return keccak256(concatHex(transactions.map((transaction) => transaction.hash)))
}

/** Bundles by the one block that each is meant for; nobody but the block builder sees them. */
export class BundlePool {
  readonly #bundles = new Map<string, Bundle>()

  /** Admits a bundle; false when its block has as many bundles as the builder is ready to try. */
  add(bundle: Bundle): boolean {
    const key = `${bundle.blockNumber}:${bundle.hash}`
    if (!this.#bundles.has(key) && this.forBlock(bundle.blockNumber).length >= mostPerBlock) return false
    this.#bundles.set(key, bundle)
    return true
  }

  isEmpty(): boolean {
    return this.#bundles.size === 0
  }

  forBlock(blockNumber: bigint): Bundle[] {
    return [...this.#bundles.values()].filter((bundle) => bundle.blockNumber === blockNumber)
  }

  /** Forgets the bundles whose block has passed. */
  expire(newestBlock: bigint): void {
    for (const [key, bundle] of this.#bundles) {
      if (bundle.blockNumber <= newestBlock) this.#bundles.delete(key)
    }
  }
}
