import { encodeFunctionData, multicall3Abi, pad } from 'viem'
import { z } from 'zod'
import {
  type Address,
  addressSchema,
  type ChainId,
  isSameAddress,
} from '../../../shared/identity/identity.ts'
import {
  approvalTopic,
  type HistoryReader,
  type InnerPayment,
  type ObservedTransaction,
  transferTopic,
} from '../../capabilities/activity/index.ts'
import { callContracts } from './callContracts.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { readLogsInSpans } from './readLogsInSpans.ts'
import { readUint256 } from './readUint256.ts'
import {
  blockHeaderSchema,
  bytesSchema,
  hash32Schema,
  logSchema,
  quantitySchema,
  smallQuantitySchema,
} from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

const transactionSchema = z.object({
  hash: hash32Schema,
  from: addressSchema,
  to: addressSchema.nullish(),
  value: quantitySchema,
  input: bytesSchema,
  nonce: smallQuantitySchema,
  blockNumber: quantitySchema.nullish(),
})
const receiptSchema = z.object({
  blockNumber: quantitySchema,
  blockHash: hash32Schema,
  status: quantitySchema,
  gasUsed: quantitySchema,
  effectiveGasPrice: quantitySchema,
  l1Fee: quantitySchema.nullish(),
  logs: z.array(logSchema).max(10_000),
})
const fullBlockSchema = z.object({ transactions: z.array(transactionSchema).max(100_000) })

interface Frame {
  readonly from: Address
  readonly to?: Address | null | undefined
  readonly value?: bigint | null | undefined
  readonly error?: string | null | undefined
  readonly calls?: readonly Frame[] | null | undefined
}
const frameSchema: z.ZodType<Frame> = z.lazy(() =>
  z.object({
    from: addressSchema,
    to: addressSchema.nullish(),
    value: quantitySchema.nullish(),
    error: z.string().nullish(),
    calls: z.array(frameSchema).max(10_000).nullish(),
  }),
)
const tracesSchema = z.array(z.object({ txHash: hash32Schema, result: frameSchema })).max(100_000)

/** Reads what the chain shows of accounts: logs, whole transactions, and where the coin's balance changed. */
export function createHistoryReader(network: RpcNetwork): HistoryReader {
  async function readTransaction(chainId: ChainId, hash: string): Promise<ObservedTransaction | undefined> {
    const rpc = network.rpc(chainId)
    const [transaction, receipt] = await Promise.all([
      rpc.request('eth_getTransactionByHash', [hash], transactionSchema.nullable()),
      rpc.request('eth_getTransactionReceipt', [hash], receiptSchema.nullable()),
    ])
    if (!transaction || !receipt) return undefined
    const block = await rpc.request(
      'eth_getBlockByNumber',
      [toBlockTag(receipt.blockNumber), false],
      blockHeaderSchema.nullable(),
    )
    if (block?.hash !== receipt.blockHash) return undefined
    return {
      hash: transaction.hash,
      from: transaction.from,
      to: transaction.to ?? undefined,
      value: transaction.value,
      data: transaction.input,
      nonce: transaction.nonce,
      succeeded: receipt.status === 1n,
      blockNumber: receipt.blockNumber,
      blockTimestampMs: block.timestamp * 1000,
      gasUsed: receipt.gasUsed,
      effectiveGasPrice: receipt.effectiveGasPrice,
      fee: receipt.gasUsed * receipt.effectiveGasPrice + (receipt.l1Fee ?? 0n),
      logs: receipt.logs,
    }
  }

  async function traceInner(
    chainId: ChainId,
    blockNumber: bigint,
    account: Address,
  ): Promise<Map<string, InnerPayment[]>> {
    try {
      const traces = await network
        .rpc(chainId)
        .request(
          'debug_traceBlockByNumber',
          [toBlockTag(blockNumber), { tracer: 'callTracer' }],
          tracesSchema,
        )
      const payments = traces.map(({ txHash, result }) => [txHash, collectInner(result, account)] as const)
      return new Map(payments.filter(([, inner]) => inner.length > 0))
    } catch (thrown) {
      // Few public nodes trace: then a payment from inside a contract shows in the balance alone.
      if (thrown instanceof NodeRefusedError && !thrown.isRateLimit) return new Map()
      throw thrown
    }
  }

  return {
    readTransaction,

    async readCoins(chainId, accounts) {
      const rpc = network.rpc(chainId)
      const { multicall3 } = network.definition(chainId)
      const block = await rpc.request('eth_getBlockByNumber', ['latest', false], blockHeaderSchema)
      const read = async (account: Address) =>
        rpc.request('eth_getBalance', [account, toBlockTag(block.number)], quantitySchema)
      const answers = multicall3
        ? (
            await callContracts(
              rpc,
              multicall3,
              accounts.map((account) => ({
                to: multicall3,
                data: encodeFunctionData({
                  abi: multicall3Abi,
                  functionName: 'getEthBalance',
                  args: [account],
                }),
              })),
              block.number,
            )
          ).map(readUint256)
        : await Promise.all(accounts.map(read))
      const balances = new Map<Address, bigint>()
      for (const [index, account] of accounts.entries()) {
        const balance = answers[index]
        if (balance !== undefined) balances.set(account, balance)
      }
      return { blockNumber: block.number, blockHash: block.hash, balances }
    },

    async readBlockHash(chainId, blockNumber) {
      const block = await network
        .rpc(chainId)
        .request('eth_getBlockByNumber', [toBlockTag(blockNumber), false], blockHeaderSchema.nullable())
      return block?.hash
    },

    async readBlockTimestampMs(chainId, blockNumber) {
      const { timestamp } = await network
        .rpc(chainId)
        .request('eth_getBlockByNumber', [toBlockTag(blockNumber), false], blockHeaderSchema)
      return timestamp * 1000
    },

    async findTransactions(chainId, accounts, fromBlock, toBlock) {
      const own = accounts.map((account) => pad(account.toLowerCase() as Address, { size: 32 }))
      const logs = await readLogsInSpans(
        network.rpc(chainId),
        [{ topics: [[transferTopic, approvalTopic], own] }, { topics: [transferTopic, null, own] }],
        fromBlock,
        toBlock,
      )
      return [...new Set(logs.map(({ transactionHash }) => transactionHash))]
    },

    async findCoinChanges(chainId, account, after, upTo) {
      const rpc = network.rpc(chainId)
      const balances = new Map<bigint, bigint>()
      const balanceAt = async (block: bigint) => {
        const known = balances.get(block)
        if (known !== undefined) return known
        const balance = await rpc.request('eth_getBalance', [account, toBlockTag(block)], quantitySchema)
        balances.set(block, balance)
        return balance
      }
      const changes: bigint[] = []
      async function search(before: bigint, last: bigint): Promise<void> {
        if (last <= before || (await balanceAt(before)) === (await balanceAt(last))) return
        if (last === before + 1n) {
          changes.push(last)
          return
        }
        const middle = (before + last) / 2n
        await search(before, middle)
        await search(middle, last)
      }
      try {
        await search(after, upTo)
      } catch (thrown) {
        if (!(thrown instanceof NodeRefusedError) || thrown.isRateLimit) throw thrown
      }
      return changes
    },

    async readPayments(chainId, account, blockNumber) {
      const block = await network
        .rpc(chainId)
        .request('eth_getBlockByNumber', [toBlockTag(blockNumber), true], fullBlockSchema)
      const direct = block.transactions.filter(
        ({ from, to }) => isSameAddress(from, account) || (to && isSameAddress(to, account)),
      )
      const inner =
        direct.length > 0
          ? new Map<string, InnerPayment[]>()
          : await traceInner(chainId, blockNumber, account)
      const hashes = [...direct.map(({ hash }) => hash), ...inner.keys()]
      const found: { transaction: ObservedTransaction; inner: readonly InnerPayment[] }[] = []
      for (const hash of hashes) {
        const transaction = await readTransaction(chainId, hash)
        if (transaction) found.push({ transaction, inner: inner.get(hash) ?? [] })
      }
      return found
    },
  }
}

/** Coin that came to the account or left it in calls inside the outermost one; that one's value is the transaction's own. */
function collectInner(frame: Frame, account: Address): InnerPayment[] {
  if (frame.error) return []
  return (frame.calls ?? []).flatMap((call) => {
    if (call.error) return []
    const { from, to, value } = call
    const isOwn = to && (isSameAddress(to, account) || isSameAddress(from, account))
    const payment = isOwn && value ? [{ from, to, value }] : []
    return [...payment, ...collectInner(call, account)]
  })
}
