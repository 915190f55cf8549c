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
  for (const { address, topics, data } of logs) {
    const [topic, from, to, more] = topics
    if (address.toLowerCase() !== token.toLowerCase() || topic !== transferTopic || more !== undefined)
      continue
    const units = readUint256(data) ?? 0n
    if (from?.slice(26) === own) moved -= units
    if (to?.slice(26) === own) moved += units
  }
  return moved
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
