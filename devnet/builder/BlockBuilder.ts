import { EventEmitter } from 'node:events'
import type { Address, Hash, Hex } from 'viem'
import { type Bundle, BundlePool, computeBundleHash } from './BundlePool.ts'
import type { NodeConnection } from './connectNode.ts'
import { createReadWriteLock } from './createReadWriteLock.ts'
import { decodeTransaction, type PoolTransaction } from './decodeTransaction.ts'
import { type MinedBlock, mineBlock } from './mineBlock.ts'
import { PrivatePool } from './PrivatePool.ts'
import { type AccountState, assertAffordable, PublicPool } from './PublicPool.ts'
import { RpcError, rpcErrorCode } from './RpcError.ts'

/** How long a private transaction is tried, in blocks, unless its sender says otherwise (as Flashbots Protect does). */
export const DEFAULT_PRIVATE_BLOCKS = 25n

// A public transaction that the node keeps refusing, say because its sender's money is gone, is given up.
const mostRefusals = 3

interface BuilderEvents {
  /** Transactions that became visible and executable. */
  pending: [PoolTransaction]
  block: [MinedBlock]
}

/** The builder's state: public and private order flow, and the making of blocks from both on one node. */
export class BlockBuilder {
  readonly publicPool = new PublicPool()
  readonly privatePool = new PrivatePool()
  readonly events = new EventEmitter<BuilderEvents>()
  readonly #bundles = new BundlePool()
  readonly #lock = createReadWriteLock()
  readonly #refusals = new Map<Hash, number>()
  readonly #node: NodeConnection
  readonly #chainId: number
  #blockGasLimit: bigint | undefined

  constructor(node: NodeConnection, chainId: number) {
    this.#node = node
    this.#chainId = chainId
    // Every WebSocket subscription listens here.
    this.events.setMaxListeners(0)
  }

  get chainId(): number {
    return this.#chainId
  }

  /** Asks the node, but never while a block is being made: what is then on the node may yet be undone. */
  readonly readNode = <Result = unknown>(method: string, params: readonly unknown[] = []) =>
    this.#lock.read(() => this.#node.request<Result>(method, params))

  /** Takes a signed transaction into the public mempool. */
  async sendPublic(raw: Hex): Promise<Hash> {
    const transaction = await decodeTransaction(raw, this.#chainId)
    const account = await this.#readAccount(transaction.from)
    await this.#assertFitsBlock(transaction)
    const executable = this.publicPool.add(transaction, account)
    for (const newlyExecutable of executable) this.events.emit('pending', newlyExecutable)
    return transaction.hash
  }

  /** Takes a signed transaction that nobody may see before it is in a block. */
  async sendPrivate(raw: Hex, maxBlockNumber?: bigint): Promise<Hash> {
    const transaction = await decodeTransaction(raw, this.#chainId)
    assertAffordable(transaction, await this.#readAccount(transaction.from), 0n)
    await this.#assertFitsBlock(transaction)
    const newest = await this.#readBlockNumber()
    const lastBlock = maxBlockNumber ?? newest + DEFAULT_PRIVATE_BLOCKS
    if (lastBlock <= newest) {
      throw new RpcError(rpcErrorCode.invalidParams, `maxBlockNumber ${lastBlock} has passed`)
    }
    this.privatePool.add(transaction, lastBlock)
    return transaction.hash
  }

  /** Takes transactions that go into block `blockNumber` side by side, or not at all. */
  async sendBundle(raws: readonly Hex[], blockNumber: bigint, revertingHashes: readonly Hash[] = []) {
    const transactions = await Promise.all(raws.map((raw) => decodeTransaction(raw, this.#chainId)))
    const newest = await this.#readBlockNumber()
    if (blockNumber <= newest) {
      throw new RpcError(rpcErrorCode.invalidParams, `block ${blockNumber} has passed`)
    }
    const hash = computeBundleHash(transactions)
    const bundle: Bundle = { hash, transactions, blockNumber, revertingHashes: new Set(revertingHashes) }
    if (!this.#bundles.add(bundle)) {
      throw new RpcError(rpcErrorCode.limitExceeded, `too many bundles for block ${blockNumber}`)
    }
    return hash
  }

  /** True when the next block could hold a transaction. */
  async hasWork(): Promise<boolean> {
    if (this.publicPool.size > 0 || this.privatePool.pending().length > 0) return true
    if (this.#bundles.isEmpty()) return false
    const next = (await this.#readBlockNumber()) + 1n
    return this.#bundles.forBlock(next).length > 0
  }

  /** Makes the next block from what the pools hold. */
  async mine(): Promise<MinedBlock> {
    const block = await this.#lock.write(async () => {
      const newest = BigInt(await this.#node.request<Hex>('eth_blockNumber'))
      await this.#advanceNonces()
      const mined = await mineBlock(this.#node, {
        bundles: this.#bundles.forBlock(newest + 1n),
        privateTransactions: this.privatePool.pending(),
        publicTransactions: this.publicPool.executable(),
      })
      await this.#settle(mined)
      return mined
    })
    this.events.emit('block', block)
    return block
  }

  async #settle(block: MinedBlock): Promise<void> {
    for (const hash of block.included) {
      this.publicPool.remove(hash)
      this.privatePool.markIncluded(hash)
      this.#refusals.delete(hash)
    }
    for (const [hash, reason] of block.excluded) this.privatePool.noteFailure(hash, reason)
    for (const hash of block.refused.keys()) this.#countRefusal(hash)
    await this.#advanceNonces()
    this.privatePool.expire(block.number)
    this.#bundles.expire(block.number)
  }

  async #advanceNonces(): Promise<void> {
    const withheld = this.privatePool.pending()
    const senders = new Set([...this.publicPool.senders(), ...withheld.map(({ from }) => from)])
    for (const sender of senders) {
      const nonce = Number(await this.#node.request<Hex>('eth_getTransactionCount', [sender, 'latest']))
      this.publicPool.advance(sender, nonce)
      for (const transaction of withheld) {
        if (transaction.from === sender && transaction.nonce < nonce) {
          this.privatePool.fail(transaction.hash, 'nonce too low: another transaction took its nonce')
        }
      }
    }
  }

  #countRefusal(hash: Hash): void {
    if (this.publicPool.get(hash) === undefined) return
    const refusals = (this.#refusals.get(hash) ?? 0) + 1
    if (refusals < mostRefusals) {
      this.#refusals.set(hash, refusals)
    } else {
      this.#refusals.delete(hash)
      this.publicPool.remove(hash)
    }
  }

  async #readAccount(address: Address): Promise<AccountState> {
    const [nonce, balance] = await Promise.all([
      this.readNode<Hex>('eth_getTransactionCount', [address, 'latest']),
      this.readNode<Hex>('eth_getBalance', [address, 'latest']),
    ])
    return { nonce: Number(nonce), balance: BigInt(balance) }
  }

  async #readBlockNumber(): Promise<bigint> {
    return BigInt(await this.readNode<Hex>('eth_blockNumber'))
  }

  async #assertFitsBlock(transaction: PoolTransaction): Promise<void> {
    if (this.#blockGasLimit === undefined) {
      const latest = await this.readNode<{ gasLimit: Hex }>('eth_getBlockByNumber', ['latest', false])
      this.#blockGasLimit = BigInt(latest.gasLimit)
    }
    if (transaction.gas > this.#blockGasLimit) {
      throw new RpcError(rpcErrorCode.rejected, 'exceeds block gas limit')
    }
  }
}
