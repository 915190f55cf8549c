import { z } from 'zod'
import type { Address, Hash } from '../../../shared/identity/identity.ts'
import type { RpcPool } from './createRpcPool.ts'
import { readUint256 } from './readUint256.ts'
import { hash32Schema, logSchema, quantitySchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

const receiptSchema = z.object({
  blockNumber: quantitySchema,
  gasUsed: quantitySchema,
  effectiveGasPrice: quantitySchema,
  l1Fee: quantitySchema.nullish(),
  logs: z.array(logSchema).max(10_000),
})
const blockSchema = z.object({
  transactions: z
    .array(z.object({ hash: hash32Schema, from: z.string(), value: quantitySchema, input: z.string() }))
    .max(100_000),
})

/** ERC-20's Transfer(address,address,uint256). */
const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
/** WETH9's Deposit(address,uint256) and Withdrawal(address,uint256), which stand in place of transfers. */
const depositTopic = '0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c'
const withdrawalTopic = '0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65'
/** ERC-20's approve(address,uint256): it moves nothing. */
const approveSelector = '0x095ea7b3'

/** What a transaction moved for an account: of a token by its events, of the coin by the balances around the block. */
export async function readMoved(
  rpc: RpcPool,
  hash: Hash,
  account: Address,
  token: Address | 'native',
): Promise<bigint | undefined> {
  const receipt = await rpc.request('eth_getTransactionReceipt', [hash], receiptSchema.nullable())
  if (!receipt) return undefined
  return token === 'native'
    ? readMovedCoin(rpc, hash, account, receipt.blockNumber)
    : sumTransfers(receipt.logs, account, token)
}

function sumTransfers(logs: readonly z.output<typeof logSchema>[], account: Address, token: Address): bigint {
  const own = account.slice(2).toLowerCase()
  let moved = 0n
  let converted = 0n
  for (const { address, topics, data } of logs) {
    if (address.toLowerCase() !== token.toLowerCase()) continue
    const [topic, first, second, more] = topics
    const units = readUint256(data) ?? 0n
    if (topic === transferTopic && more === undefined) {
      if (first?.slice(26) === own) moved -= units
      if (second?.slice(26) === own) moved += units
    } else if (first?.slice(26) === own) {
      if (topic === depositTopic) converted += units
      if (topic === withdrawalTopic) converted -= units
    }
  }
  // Newer wrapped coins tell a conversion as a transfer too.
  return moved === 0n ? converted : moved
}

async function readMovedCoin(
  rpc: RpcPool,
  hash: Hash,
  account: Address,
  blockNumber: bigint,
): Promise<bigint | undefined> {
  const balanceAt = (block: bigint) =>
    rpc.request('eth_getBalance', [account, toBlockTag(block)], quantitySchema)
  const [before, after, block] = await Promise.all([
    balanceAt(blockNumber - 1n),
    balanceAt(blockNumber),
    rpc.request('eth_getBlockByNumber', [toBlockTag(blockNumber), true], blockSchema),
  ])
  const own = block.transactions.filter(({ from }) => from.toLowerCase() === account.toLowerCase())
  // Another transaction of the account may have moved coin as well: then nobody can tell which moved what.
  const others = own.filter((transaction) => transaction.hash !== hash)
  if (others.some(({ value, input }) => value > 0n || !input.startsWith(approveSelector))) return undefined
  let fees = 0n
  for (const transaction of own) {
    const receipt = await rpc.request(
      'eth_getTransactionReceipt',
      [transaction.hash],
      receiptSchema.nullable(),
    )
    if (!receipt) return undefined
    fees += receipt.gasUsed * receipt.effectiveGasPrice + (receipt.l1Fee ?? 0n)
  }
  return after - before + fees
}
