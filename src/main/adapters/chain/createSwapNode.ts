import { decodeFunctionResult, encodeFunctionData, erc20Abi, parseAbi } from 'viem'
import { z } from 'zod'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address } from '../../../shared/identity/identity.ts'
import { toSafeText } from '../../../shared/text/toSafeText.ts'
import type { SimulatedStep, SwapNode } from '../../capabilities/swaps/index.ts'
import type { TransferLog } from '../../capabilities/transfers/index.ts'
import { agreeingAccountCode } from './agreeingAccountCode.ts'
import { callContracts } from './callContracts.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { readUint256 } from './readUint256.ts'
import { bytesSchema, logSchema, quantitySchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

const permit2Abi = parseAbi([
  'function allowance(address owner, address token, address spender) view returns (uint160 amount, uint48 expiration, uint48 nonce)',
])

const callSchema = z.object({
  status: quantitySchema,
  returnData: bytesSchema,
  gasUsed: quantitySchema,
  logs: z.array(logSchema).max(10_000).optional(),
  error: z.object({ message: z.string().catch(''), data: z.unknown().optional() }).nullish(),
})
const blocksSchema = z
  .array(z.object({ number: quantitySchema, calls: z.array(callSchema).max(32) }))
  .length(1)

/** ERC-20's Transfer(address,address,uint256), in which `traceTransfers` also reports coin, as if 0xeeee… were a token. */
const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const coinAddress = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'

/** Reads and executes on a chain's nodes what swaps need. */
export function createSwapNode(network: RpcNetwork): SwapNode {
  type Simulated = { number: bigint; calls: z.output<typeof callSchema>[] }

  async function simulateCalls(
    chainId: Parameters<RpcNetwork['rpc']>[0],
    calls: readonly Record<string, string>[],
    overrides: Record<string, unknown>,
    block: bigint | 'pending',
  ): Promise<Simulated> {
    let blocks: Simulated[]
    try {
      blocks = await network.rpc(chainId).request(
        'eth_simulateV1',
        [
          {
            // Nonce and fees are checked by us; validation would also demand them of the reads around the steps.
            blockStateCalls: [{ stateOverrides: overrides, calls }],
            traceTransfers: true,
            validation: false,
          },
          toBlockTag(block),
        ],
        blocksSchema,
      )
    } catch (thrown) {
      if (thrown instanceof NodeRefusedError && !thrown.isRateLimit) {
        throw new AppError('swap.simulationFailed', { reason: thrown.reason }, { cause: thrown })
      }
      throw thrown
    }
    const [simulated] = blocks
    if (!simulated || simulated.calls.length !== calls.length) {
      throw new AppError('swap.simulationFailed', { reason: 'incomplete' })
    }
    return simulated
  }

  return {
    async readAllowances(chainId, owner, token, spender, permit2) {
      const calls = [
        {
          to: token,
          data: encodeFunctionData({ abi: erc20Abi, functionName: 'allowance', args: [owner, spender] }),
        },
        ...(permit2
          ? [
              {
                to: permit2.address,
                data: encodeFunctionData({
                  abi: permit2Abi,
                  functionName: 'allowance',
                  args: [owner, token, permit2.spender],
                }),
              },
            ]
          : []),
      ]
      const { multicall3 } = network.definition(chainId)
      const [ofToken, ofPermit2] = await callContracts(network.rpc(chainId), multicall3, calls, 'pending')
      const units = readUint256(ofToken)
      if (units === undefined) throw new AppError('token.unknown', { address: token })
      if (!ofPermit2 || ofPermit2 === '0x') {
        return { ofToken: units, ofPermit2: { units: 0n, expiration: 0, nonce: 0 } }
      }
      const [amount, expiration, nonce] = decodeFunctionResult({
        abi: permit2Abi,
        functionName: 'allowance',
        data: ofPermit2,
      })
      return { ofToken: units, ofPermit2: { units: amount, expiration, nonce } }
    },

    async simulate({ chainId, from, steps, tokens, block }) {
      const { multicall3 } = network.definition(chainId)
      const reads = tokens.flatMap((token) => {
        if (token !== 'native') return [balanceCall(token, from)]
        return multicall3 ? [coinBalanceCall(multicall3, from)] : []
      })
      const simulated = await simulateCalls(
        chainId,
        [...reads, ...steps.map((step) => encodeStep(from, step)), ...reads],
        { [from]: { code: agreeingAccountCode } },
        block,
      )
      const balanceFrom = (index: number) => {
        const read = simulated.calls[index]
        return read?.status === 1n ? readUint256(read.returnData) : undefined
      }
      let readIndex = 0
      return {
        blockNumber: simulated.number - 1n,
        steps: simulated.calls.slice(reads.length, reads.length + steps.length).map(toStep),
        balances: tokens.map((token) => {
          if (token === 'native' && !multicall3) return { before: undefined, after: undefined }
          const at = readIndex
          readIndex += 1
          return { before: balanceFrom(at), after: balanceFrom(reads.length + steps.length + at) }
        }),
      }
    },

    async tryTransfer(chainId, token, from, to, units) {
      const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, units] })
      const simulated = await simulateCalls(
        chainId,
        [balanceCall(token, to), { from, to: token, data, value: '0x0' }, balanceCall(token, to)],
        {},
        'pending',
      )
      const [before, moved, after] = simulated.calls
      if (!before || !moved || !after) throw new AppError('swap.simulationFailed', { reason: 'incomplete' })
      const step = toStep(moved)
      // Tokens older than the standard return nothing; a returned zero is a refusal.
      const isRefused = step.status === 'reverted' || readUint256(moved.returnData) === 0n
      if (isRefused) return { status: 'reverted', revertData: step.revertData, message: step.message }
      const [unitsBefore, unitsAfter] = [readUint256(before.returnData), readUint256(after.returnData)]
      return {
        status: 'succeeded',
        arrived: unitsBefore === undefined || unitsAfter === undefined ? undefined : unitsAfter - unitsBefore,
      }
    },
  }
}

const getBalanceAbi = parseAbi(['function getEthBalance(address) view returns (uint256)'])

function balanceCall(token: Address, holder: Address): Record<string, string> {
  return {
    to: token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [holder] }),
  }
}

function coinBalanceCall(multicall3: Address, holder: Address): Record<string, string> {
  return {
    to: multicall3,
    data: encodeFunctionData({ abi: getBalanceAbi, functionName: 'getEthBalance', args: [holder] }),
  }
}

function encodeStep(
  from: Address,
  step: { readonly to: Address; readonly value: bigint; readonly data: string; readonly gas: bigint },
): Record<string, string> {
  return {
    from,
    to: step.to,
    data: step.data,
    value: `0x${step.value.toString(16)}`,
    gas: `0x${step.gas.toString(16)}`,
  }
}

function toStep(call: z.output<typeof callSchema>): SimulatedStep {
  const errorData = call.error?.data
  return {
    status: call.status === 1n ? 'succeeded' : 'reverted',
    gasUsed: call.gasUsed,
    revertData:
      typeof errorData === 'string' && /^0x(?:[0-9a-f]{2})*$/i.test(errorData)
        ? (errorData as `0x${string}`)
        : call.returnData,
    message: toSafeText(call.error?.message ?? '', 200),
    transfers: (call.logs ?? []).flatMap(readTransfer),
  }
}

function readTransfer(log: z.output<typeof logSchema>): TransferLog[] {
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
