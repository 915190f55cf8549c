import type { Hash } from 'viem'
import type { PoolTransaction } from './decodeTransaction.ts'
import { assertReplaces } from './PublicPool.ts'
import { RpcError, rpcErrorCode } from './RpcError.ts'

/** The statuses of Flashbots Protect's status API. */
export type PrivateStatus = 'PENDING' | 'INCLUDED' | 'FAILED' | 'CANCELLED' | 'UNKNOWN'

interface PrivateEntry {
  readonly transaction: PoolTransaction
  readonly maxBlockNumber: bigint
  status: Exclude<PrivateStatus, 'UNKNOWN'>
  failure?: string
}

const largestPool = 1024
const mostRemembered = 10_000

/** Transactions withheld from everybody until they are in a block; those that do not get there are never shown. */
export class PrivatePool {
  readonly #entries = new Map<Hash, PrivateEntry>()

  /** Admits a transaction; an earlier one of the same sender and nonce gives way if this one pays 10 % more. */
  add(transaction: PoolTransaction, maxBlockNumber: bigint): void {
    const known = this.#entries.get(transaction.hash)
    if (known?.status === 'PENDING') throw new RpcError(rpcErrorCode.rejected, 'already known')
    const pending = this.pending()
    if (pending.length >= largestPool) throw new RpcError(rpcErrorCode.rejected, 'txpool is full')
    const replaced = pending.find(
      (other) => other.from === transaction.from && other.nonce === transaction.nonce,
    )
    if (replaced !== undefined) {
      assertReplaces(transaction, replaced)
      this.#settle(replaced.hash, 'CANCELLED', 'replaced')
    }
    this.#entries.set(transaction.hash, { transaction, maxBlockNumber, status: 'PENDING' })
    this.#forgetOldest()
  }

  get(hash: Hash): Readonly<PrivateEntry> | undefined {
    return this.#entries.get(hash)
  }

  /** True while nobody but the sender may learn that this transaction exists: always, unless it got into a block. */
  withholds(hash: Hash): boolean {
    const entry = this.#entries.get(hash)
    return entry !== undefined && entry.status !== 'INCLUDED'
  }

  pending(): PoolTransaction[] {
    return [...this.#entries.values()]
      .filter((entry) => entry.status === 'PENDING')
      .map((entry) => entry.transaction)
  }

  /** Withdraws a waiting transaction; false when there is none by this hash. */
  cancel(hash: Hash): boolean {
    if (this.#entries.get(hash)?.status !== 'PENDING') return false
    this.#settle(hash, 'CANCELLED')
    return true
  }

  /** Records a failed attempt to include it; the attempt is repeated until `maxBlockNumber`. */
  noteFailure(hash: Hash, failure: string): void {
    const entry = this.#entries.get(hash)
    if (entry !== undefined) entry.failure = failure
  }

  markIncluded(hash: Hash): void {
    if (this.#entries.has(hash)) this.#settle(hash, 'INCLUDED')
  }

  /** Gives up what was not included by its last block, `newestBlock` being the newest there is. */
  expire(newestBlock: bigint): void {
    for (const [hash, entry] of this.#entries) {
      if (entry.status === 'PENDING' && entry.maxBlockNumber <= newestBlock) {
        this.#settle(hash, 'FAILED', entry.failure ?? 'not included by its last block')
      }
    }
  }

  fail(hash: Hash, failure: string): void {
    this.#settle(hash, 'FAILED', failure)
  }

  #forgetOldest(): void {
    for (const [hash, { status }] of this.#entries) {
      if (this.#entries.size <= mostRemembered) return
      if (status !== 'PENDING') this.#entries.delete(hash)
    }
  }

  #settle(hash: Hash, status: PrivateEntry['status'], failure?: string): void {
    const entry = this.#entries.get(hash)
    if (entry === undefined) return
    entry.status = status
    if (failure === undefined) delete entry.failure
    else entry.failure = failure
  }
}
