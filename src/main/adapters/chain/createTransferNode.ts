import { type Address, bytesToHex, encodeFunctionData, erc20Abi, keccak256, parseAbi } from 'viem'
import { z } from 'zod'
import { AppError } from '../../../shared/errors/AppError.ts'
import { smallerOf } from '../../../shared/money/smallerOf.ts'
import type {
  CallFields,
  Executed,
  Hex,
  Simulation,
  TransactionFields,
  TransferLog,
  TransferNode,
} from '../../capabilities/transfers/transfers.ports.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { readUint256 } from './readUint256.ts'
import { bytesSchema, logSchema, quantitySchema, smallQuantitySchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'
import { createWitness } from './witness/createWitness.ts'

const feeHistorySchema = z.object({
  baseFeePerGas: z.array(quantitySchema).min(1).max(1025),
  gasUsedRatio: z.array(z.number().min(0).max(2)).max(1024),
  reward: z.array(z.array(quantitySchema).max(16)).max(1024).nullish(),
})

const simulatedCallSchema = z.object({
  status: quantitySchema,
  returnData: bytesSchema,
  gasUsed: quantitySchema,
  logs: z.array(logSchema).max(10_000).optional(),
  error: z.object({ message: z.string().catch(''), data: z.unknown().optional() }).nullish(),
})
const simulatedBlocksSchema = z
  .array(z.object({ number: quantitySchema, calls: z.array(simulatedCallSchema).max(16) }))
  .length(1)

/** ERC-20's Transfer(address,address,uint256), in which `traceTransfers` also reports coin, as if 0xeeee… were a token. */
const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const coinAddress = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'

/** The OP stack's GasPriceOracle; it adds what the signature will take. */
const dataFeeAbi = parseAbi(['function getL1Fee(bytes transaction) view returns (uint256)'])

/** Blocks of fee history: on Ethereum four minutes. */
const feeHistoryBlocks = '0x14'

/** Reads and executes on a chain's nodes what transfers need, always on the pending state. */
export function createTransferNode(network: RpcNetwork): TransferNode {
  const witness = createWitness(network)
  return {
    async readAccountState(chainId, address, token) {
      const rpc = network.rpc(chainId)
      const pendingTokenBalance = async () => {
        if (!token) return 0n
        const data = encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [address] })
        return readUint256(await rpc.request('eth_call', [{ to: token, data }, 'pending'], bytesSchema))
      }
      const [witnessed, pendingNonce, pending, tokenPending] = await Promise.all([
        witness.readAccount(chainId, address, token),
        rpc.request('eth_getTransactionCount', [address, 'pending'], smallQuantitySchema),
        rpc.request('eth_getBalance', [address, 'pending'], quantitySchema),
        pendingTokenBalance(),
      ])
      const tokenLatest = token ? witnessed.tokenBalance : 0n
      if (tokenLatest === undefined || tokenPending === undefined) {
        throw new AppError('token.unknown', { address: token ?? 'native' })
      }
      return {
        latestNonce: witnessed.nonce,
        pendingNonce,
        // Nobody vouches for what is pending: it can only lower what was witnessed.
        nativeBalance: smallerOf(witnessed.balance, pending),
        tokenBalance: smallerOf(tokenLatest, tokenPending),
      }
    },

    async readCode(chainId, address) {
      const [code, witnessed] = await Promise.all([
        network.rpc(chainId).request('eth_getCode', [address, 'latest'], bytesSchema),
        witness.readAccount(chainId, address),
      ])
      const { codeHash, blockNumber } = witnessed
      if (codeHash === undefined || keccak256(code) === codeHash) return code
      // What was read is of the newest block, and the hash of the newest that the nodes share: the code may have changed.
      const rpc = network.rpc(chainId)
      const proven = await rpc.request('eth_getCode', [address, toBlockTag(blockNumber)], bytesSchema)
      if (keccak256(proven) !== codeHash)
        throw new AppError('chain.proofFailed', { chainId, node: rpc.node ?? '' }, { retryable: true })
      return proven
    },

    async readFeeHistory(chainId, percentiles) {
      const history = await network
        .rpc(chainId)
        .request('eth_feeHistory', [feeHistoryBlocks, 'latest', percentiles], feeHistorySchema)
      return {
        baseFeesPerGas: history.baseFeePerGas,
        gasUsedRatios: history.gasUsedRatio,
        rewards: history.reward ?? [],
      }
    },

    async readDataFee(chainId, transaction) {
      const { dataFeeOracle } = network.definition(chainId)
      if (!dataFeeOracle) return undefined
      const data = encodeFunctionData({
        abi: dataFeeAbi,
        functionName: 'getL1Fee',
        args: [bytesToHex(transaction)],
      })
      const answer = await network
        .rpc(chainId)
        .request('eth_call', [{ to: dataFeeOracle, data }, 'latest'], bytesSchema)
      const fee = readUint256(answer)
      if (fee === undefined)
        throw new AppError('chain.rpcFailed', { chainId, reason: 'implausible data fee' })
      return fee
    },

    estimateGas: (chainId, from, call) =>
      executed(async () => ({
        gas: await network
          .rpc(chainId)
          .request('eth_estimateGas', [encodeCall(from, call), 'pending'], quantitySchema),
      })),

    simulate: (transaction, from, observe) =>
      executed(async () => {
        try {
          return await simulateWithEffects(network, transaction, from, observe)
        } catch (thrown) {
          // Nodes without the method, and those that know it but not on the pending state or with these fields.
          if (!(thrown instanceof NodeRefusedError) || !(thrown.isMethodMissing || thrown.rpcCode === -32602))
            throw thrown
          return simulateByCall(network, transaction, from)
        }
      }),
  }
}

async function simulateWithEffects(
  network: RpcNetwork,
  transaction: TransactionFields,
  from: Address,
  observe: { readonly token: Address; readonly holders: readonly Address[] } | undefined,
): Promise<Simulation> {
  const reads = (observe?.holders ?? []).map((holder) => ({
    to: observe?.token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [holder] }),
  }))
  const blocks = await network.rpc(transaction.chainId).request(
    'eth_simulateV1',
    [
      {
        // Nonce and fees are checked by us; validation would also demand them of the reads around the transaction.
        blockStateCalls: [{ calls: [...reads, encodeTransaction(from, transaction), ...reads] }],
        traceTransfers: true,
        validation: false,
      },
      'pending',
    ],
    simulatedBlocksSchema,
  )
  const [block] = blocks
  const call = block?.calls[reads.length]
  if (!block || !call || block.calls.length !== reads.length * 2 + 1) {
    throw new AppError('chain.rpcFailed', {
      chainId: transaction.chainId,
      method: 'eth_simulateV1',
      reason: 'incomplete',
    })
  }
  if (call.status !== 1n) {
    throw new NodeRefusedError(
      transaction.chainId,
      'eth_simulateV1',
      3,
      call.error?.message ?? 'execution reverted',
      call.error?.data ?? call.returnData,
    )
  }
  const balanceFrom = (index: number) => {
    const read = block.calls[index]
    return read?.status === 1n ? readUint256(read.returnData) : undefined
  }
  return {
    // The simulated block follows the one that the state is of.
    blockNumber: block.number - 1n,
    gasUsed: call.gasUsed,
    returnData: call.returnData,
    effects: {
      transfers: (call.logs ?? []).flatMap(readTransfer),
      observed: (observe?.holders ?? []).map((holder, index) => ({
        holder,
        before: balanceFrom(index),
        after: balanceFrom(reads.length + 1 + index),
      })),
    },
  }
}

async function simulateByCall(
  network: RpcNetwork,
  transaction: TransactionFields,
  from: Address,
): Promise<Simulation> {
  const rpc = network.rpc(transaction.chainId)
  const [returnData, gasUsed, blockNumber] = await Promise.all([
    rpc.request('eth_call', [encodeTransaction(from, transaction), 'pending'], bytesSchema),
    rpc.request('eth_estimateGas', [encodeCall(from, transaction), 'pending'], quantitySchema),
    rpc.request('eth_blockNumber', [], quantitySchema),
  ])
  return { blockNumber, gasUsed, returnData, effects: undefined }
}

/** Turns a node's report of a revert into a result; every other failure stays one. */
async function executed<T>(execute: () => Promise<T>): Promise<Executed<T>> {
  try {
    return { status: 'succeeded', ...(await execute()) }
  } catch (thrown) {
    if (!(thrown instanceof NodeRefusedError) || !thrown.isRevert) throw thrown
    return { status: 'reverted', revertData: thrown.data ?? '0x', message: thrown.reason }
  }
}

function readTransfer(log: z.infer<typeof logSchema>): TransferLog[] {
  const [topic, from, to, more] = log.topics
  // ERC-721 indexes its third argument: an identifier, not an amount.
  if (topic !== transferTopic || !from || !to || more !== undefined) return []
  const units = readUint256(log.data)
  if (units === undefined) return []
  return [
    {
      token: log.address.toLowerCase() === coinAddress ? 'native' : log.address,
      from: `0x${from.slice(26)}`,
      to: `0x${to.slice(26)}`,
      units,
    },
  ]
}

const quantity = (value: bigint | number): Hex => `0x${value.toString(16)}`

function encodeCall(from: Address, call: CallFields): Record<string, string> {
  return { from, to: call.to, value: quantity(call.value), data: call.data }
}

function encodeTransaction(from: Address, transaction: TransactionFields): Record<string, string> {
  return {
    ...encodeCall(from, transaction),
    type: '0x2',
    chainId: quantity(transaction.chainId),
    nonce: quantity(transaction.nonce),
    gas: quantity(transaction.gas),
    maxFeePerGas: quantity(transaction.maxFeePerGas),
    maxPriorityFeePerGas: quantity(transaction.maxPriorityFeePerGas),
  }
}
