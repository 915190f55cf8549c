import { encodeFunctionData, erc20Abi, pad, parseAbi } from 'viem'
import type { Address } from '../../../shared/identity/identity.ts'
import { smallerOf } from '../../../shared/money/smallerOf.ts'
import { approvalTopic } from '../../capabilities/activity/index.ts'
import type { AllowanceReader, CurrentRight, GivenRight } from '../../capabilities/allowances/index.ts'
import { callContracts } from './callContracts.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { readLogsInSpans } from './readLogsInSpans.ts'
import { readUint256 } from './readUint256.ts'
import { bytesSchema, quantitySchema } from './rpcSchemas.ts'

/** Permit2's Approval and Permit: owner, token and spender are indexed, in this order. */
const permit2Topics = [
  '0xda9fa7c1b00402c17d0161b249b1ab8bbec047c5a52207b9c112deffd817036b',
  '0xc6a377bfc4eb120024a8ac08eef205be16b817020812c73223e81d1bdb9708ec',
] as const
const permit2Abi = parseAbi([
  'function allowance(address owner, address token, address spender) view returns (uint160 amount, uint48 expiration, uint48 nonce)',
])

/** Reads what rights accounts have given, by logs, and how they stand, by the contracts' own word. */
export function createAllowanceReader(network: RpcNetwork): AllowanceReader {
  return {
    readHead: (chainId) => network.rpc(chainId).request('eth_blockNumber', [], quantitySchema),

    async findGiven(chainId, owner, permit2, fromBlock, toBlock) {
      const own = pad(owner.toLowerCase() as Address, { size: 32 })
      const logs = await readLogsInSpans(
        network.rpc(chainId),
        [
          { topics: [approvalTopic, own] },
          ...(permit2 ? [{ address: permit2, topics: [permit2Topics, own] }] : []),
        ],
        fromBlock,
        toBlock,
      )
      const found = new Map<string, GivenRight>()
      for (const { address, topics } of logs) {
        const [topic, , second, third] = topics
        const isTokens = topic === approvalTopic
        // ERC-721's approval has a fourth topic, and is of one piece.
        if (!second || (isTokens ? third !== undefined : third === undefined)) continue
        const right: GivenRight = isTokens
          ? { kind: 'token', token: address, spender: addressIn(second) }
          : { kind: 'permit2', token: addressIn(second), spender: addressIn(third ?? second) }
        found.set(`${right.kind}:${right.token}:${right.spender}`.toLowerCase(), right)
      }
      return [...found.values()]
    },

    async readCurrent(chainId, owner, permit2, rights) {
      const rpc = network.rpc(chainId)
      const { multicall3 } = network.definition(chainId)
      const asked = rights.filter(({ kind }) => kind === 'token' || permit2 !== undefined)
      const allowanceOf = (token: Address, spender: Address) => ({
        to: token,
        data: encodeFunctionData({ abi: erc20Abi, functionName: 'allowance', args: [owner, spender] }),
      })
      const calls = asked.flatMap(({ kind, token, spender }) => [
        { to: token, data: encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [owner] }) },
        ...(kind === 'permit2' && permit2
          ? [
              allowanceOf(token, permit2),
              {
                to: permit2,
                data: encodeFunctionData({
                  abi: permit2Abi,
                  functionName: 'allowance',
                  args: [owner, token, spender],
                }),
              },
            ]
          : [allowanceOf(token, spender)]),
      ])
      const answers = (await callContracts(rpc, multicall3, calls, 'latest')).values()
      const standing = asked.flatMap((right): Omit<CurrentRight, 'isSpenderContract'>[] => {
        const balance = readUint256(answers.next().value)
        const throughPermit2 = right.kind === 'permit2' ? readUint256(answers.next().value) : undefined
        const answer = answers.next().value
        const units = readUint256(answer)
        if (units === undefined || units === 0n || balance === undefined) return []
        const atRisk = smallerOf(units, balance)
        if (right.kind === 'token') return [{ ...right, units, atRisk }]
        return [
          {
            ...right,
            units,
            atRisk: smallerOf(atRisk, throughPermit2 ?? 0n),
            expiration: readUint256(`0x${(answer ?? '').slice(66)}`) ?? 0n,
          },
        ]
      })
      return Promise.all(
        standing.map(async (right) => {
          const code = await rpc.request('eth_getCode', [right.spender, 'latest'], bytesSchema)
          // An account that was delegated (EIP-7702) is still a person's.
          return { ...right, isSpenderContract: code !== '0x' && !code.startsWith('0xef0100') }
        }),
      )
    },
  }
}

const addressIn = (topic: string): Address => `0x${topic.slice(26)}`
