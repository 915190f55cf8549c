import { type Hex, numberToHex } from 'viem'
import { z } from 'zod'
import type { BlockBuilder } from './BlockBuilder.ts'
import type { PoolTransaction } from './decodeTransaction.ts'
import { formatPendingTransaction } from './formatPendingTransaction.ts'
import type { MinedBlock } from './mineBlock.ts'
import { parseParams } from './parseParams.ts'
import { RpcError, rpcErrorCode } from './RpcError.ts'

const paramsSchema = z.union([
  z.tuple([z.literal('newHeads')]).rest(z.unknown()),
  z.tuple([z.literal('newPendingTransactions'), z.boolean().optional()]),
  z.tuple([z.literal('logs'), z.record(z.string(), z.unknown()).optional()]),
])

type Notify = (result: unknown) => void

const mostPerClient = 256

/** The subscriptions of one WebSocket client; `send` gets each notification as text. */
export class Subscriptions {
  readonly #builder: BlockBuilder
  readonly #send: (text: string) => void
  readonly #cancellations = new Map<Hex, () => void>()
  #lastId = 0

  constructor(builder: BlockBuilder, send: (text: string) => void) {
    this.#builder = builder
    this.#send = send
  }

  /** `eth_subscribe`: newHeads, logs, or newPendingTransactions with hashes or, on request, full bodies. */
  subscribe(params: readonly unknown[]): Hex {
    const [kind, option] = parseParams(paramsSchema, params)
    if (this.#cancellations.size >= mostPerClient) {
      throw new RpcError(rpcErrorCode.limitExceeded, 'too many subscriptions')
    }
    this.#lastId += 1
    const id = numberToHex(this.#lastId)
    const notify: Notify = (result) => {
      if (!this.#cancellations.has(id)) return
      this.#send(
        JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params: { subscription: id, result } }),
      )
    }
    this.#cancellations.set(
      id,
      kind === 'newPendingTransactions'
        ? this.#followPending(option === true, notify)
        : this.#followBlocks(kind === 'newHeads' ? undefined : (option ?? {}), notify),
    )
    return id
  }

  unsubscribe(params: readonly unknown[]): boolean {
    const [id] = parseParams(z.tuple([z.custom<Hex>((value) => typeof value === 'string')]), params)
    const cancel = this.#cancellations.get(id)
    cancel?.()
    return this.#cancellations.delete(id)
  }

  close(): void {
    for (const cancel of this.#cancellations.values()) cancel()
    this.#cancellations.clear()
  }

  #followPending(withBodies: boolean, notify: Notify): () => void {
    const onPending = (transaction: PoolTransaction) =>
      notify(withBodies ? formatPendingTransaction(transaction, this.#builder.chainId) : transaction.hash)
    this.#builder.events.on('pending', onPending)
    return () => this.#builder.events.off('pending', onPending)
  }

  #followBlocks(logQuery: Record<string, unknown> | undefined, notify: Notify): () => void {
    // Reads are chained so that blocks are announced in their order however long each read takes.
    let announced = Promise.resolve()
    const onBlock = ({ hash }: MinedBlock) => {
      announced = announced.then(async () => {
        try {
          if (logQuery === undefined) notify(await this.#readHead(hash))
          else for (const log of await this.#readLogs(hash, logQuery)) notify(log)
        } catch (error) {
          if (!(error instanceof RpcError)) throw error
          console.error(`block builder: block ${hash} could not be announced: ${error.message}`)
        }
      })
    }
    this.#builder.events.on('block', onBlock)
    return () => this.#builder.events.off('block', onBlock)
  }

  async #readHead(hash: Hex): Promise<unknown> {
    const block = await this.#builder.readNode<Record<string, unknown>>('eth_getBlockByHash', [hash, false])
    const { transactions: _transactions, uncles: _uncles, ...head } = block
    return head
  }

  async #readLogs(blockHash: Hex, logQuery: Record<string, unknown>): Promise<readonly unknown[]> {
    const { address, topics } = logQuery
    const query = {
      blockHash,
      ...(address === undefined ? {} : { address }),
      ...(topics === undefined ? {} : { topics }),
    }
    return this.#builder.readNode<unknown[]>('eth_getLogs', [query])
  }
}
