import type { Address, Hash } from 'viem'
import { computeMaximumCost, type PoolTransaction } from './decodeTransaction.ts'
import { RpcError, rpcErrorCode } from './RpcError.ts'

/** A sender's state in the newest block: the next nonce that can be mined, and the balance in wei. */
export interface AccountState {
  readonly nonce: number
  readonly balance: bigint
}

interface SenderQueue {
  nonce: number
  readonly byNonce: Map<number, PoolTransaction>
}

// geth's limit for what one account may leave behind a nonce gap.
const longestQueue = 64
const largestPool = 4096

function reject(message: string): never {
  throw new RpcError(rpcErrorCode.rejected, message)
}

/** geth's rule: a replacement must raise the fee cap and the tip by at least 10 % each. */
export function assertReplaces(replacement: PoolTransaction, replaced: PoolTransaction): void {
  const raises = (fee: bigint, oldFee: bigint) => fee > oldFee && fee * 10n >= oldFee * 11n
  if (
    !raises(replacement.maxFeePerGas, replaced.maxFeePerGas) ||
    !raises(replacement.maxPriorityFeePerGas, replaced.maxPriorityFeePerGas)
  ) {
    reject('replacement transaction underpriced')
  }
}

/** Checks a transaction against its sender's state; `committed` is what his other waiting transactions may cost. */
export function assertAffordable(
  transaction: PoolTransaction,
  account: AccountState,
  committed: bigint,
): void {
  if (transaction.nonce < account.nonce) {
    reject(`nonce too low: next nonce ${account.nonce}, tx nonce ${transaction.nonce}`)
  }
  const cost = computeMaximumCost(transaction)
  if (committed + cost > account.balance) {
    const overshot = committed + cost - account.balance
    reject(
      committed === 0n
        ? `insufficient funds for gas * price + value: balance ${account.balance}, tx cost ${cost}, overshot ${overshot}`
        : `insufficient funds for gas * price + value: balance ${account.balance}, queued cost ${committed}, tx cost ${cost}, overshot ${overshot}`,
    )
  }
}

/** The public mempool: everybody sees what is in it. It holds one transaction per sender and nonce. */
export class PublicPool {
  readonly #queues = new Map<Address, SenderQueue>()
  readonly #byHash = new Map<Hash, PoolTransaction>()

  get size(): number {
    return this.#byHash.size
  }

  get(hash: Hash): PoolTransaction | undefined {
    return this.#byHash.get(hash)
  }

  /** Admits a transaction and returns those that became executable by it; throws `RpcError` with geth's texts. */
  add(transaction: PoolTransaction, account: AccountState): PoolTransaction[] {
    if (this.#byHash.has(transaction.hash)) reject('already known')
    const queue = this.#queues.get(transaction.from) ?? { nonce: account.nonce, byNonce: new Map() }
    const replaced = queue.byNonce.get(transaction.nonce)
    let committed = 0n
    for (const waiting of queue.byNonce.values()) {
      if (waiting !== replaced) committed += computeMaximumCost(waiting)
    }
    assertAffordable(transaction, account, committed)
    queue.nonce = account.nonce
    const executableBefore = new Set(contiguous(queue))
    if (replaced !== undefined) {
      assertReplaces(transaction, replaced)
    } else {
      const leavesGap = transaction.nonce > account.nonce + executableBefore.size
      const behindGap = queue.byNonce.size - executableBefore.size
      if (leavesGap && behindGap >= longestQueue) reject('account limit exceeded')
      if (this.#byHash.size >= largestPool) reject('txpool is full')
    }
    if (replaced !== undefined) this.#byHash.delete(replaced.hash)
    queue.byNonce.set(transaction.nonce, transaction)
    this.#byHash.set(transaction.hash, transaction)
    this.#queues.set(transaction.from, queue)
    return contiguous(queue).filter((candidate) => !executableBefore.has(candidate))
  }

  senders(): Address[] {
    return [...this.#queues.keys()]
  }

  /** Every sender's transactions without a nonce gap before them, by arrival. */
  executable(): PoolTransaction[] {
    const executable = new Set([...this.#queues.values()].flatMap(contiguous))
    return [...this.#byHash.values()].filter((transaction) => executable.has(transaction))
  }

  /** Transactions that wait behind a nonce gap. */
  queued(): PoolTransaction[] {
    const executable = new Set(this.executable())
    return [...this.#byHash.values()].filter((transaction) => !executable.has(transaction))
  }

  /** The nonce that a sender's next transaction takes: `chainNonce`, moved past his waiting transactions. */
  nextNonce(sender: Address, chainNonce: number): number {
    const waiting = this.#queues.get(sender)?.byNonce
    let nonce = chainNonce
    while (waiting?.has(nonce)) nonce += 1
    return nonce
  }

  remove(hash: Hash): void {
    const transaction = this.#byHash.get(hash)
    if (transaction === undefined) return
    this.#byHash.delete(hash)
    const queue = this.#queues.get(transaction.from)
    queue?.byNonce.delete(transaction.nonce)
    if (queue?.byNonce.size === 0) this.#queues.delete(transaction.from)
  }

  /** Takes a sender's new nonce from the chain and forgets what can no longer be mined. */
  advance(sender: Address, nonce: number): void {
    const queue = this.#queues.get(sender)
    if (queue === undefined) return
    queue.nonce = nonce
    for (const transaction of queue.byNonce.values()) {
      if (transaction.nonce < nonce) this.remove(transaction.hash)
    }
  }
}

function contiguous(queue: SenderQueue): PoolTransaction[] {
  const transactions: PoolTransaction[] = []
  for (let nonce = queue.nonce; ; nonce += 1) {
    const transaction = queue.byNonce.get(nonce)
    if (transaction === undefined) return transactions
    transactions.push(transaction)
  }
}
