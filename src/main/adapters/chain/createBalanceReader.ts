import { encodeFunctionData, erc20Abi, multicall3Abi } from 'viem'
import type { Address } from '../../../shared/identity/identity.ts'
import type { BalanceReader, RawBalance } from '../../capabilities/portfolio/portfolio.ports.ts'
import { type Asked, callContracts } from './callContracts.ts'
import { createBalanceCheck } from './createBalanceCheck.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import type { ContractCall } from './multicall3.ts'
import { readUint256 } from './readUint256.ts'
import { blockHeaderSchema, quantitySchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

/** Reads coin and token balances of many holders at one block, through Multicall3 where the chain has it. */
export function createBalanceReader(network: RpcNetwork): BalanceReader {
  const confirm = createBalanceCheck(network)
  return {
    async readBalances({ chainId, holders, tokens }) {
      const rpc = network.rpc(chainId)
      const { multicall3 } = network.definition(chainId)
      const block = await rpc.request('eth_getBlockByNumber', ['latest', false], blockHeaderSchema)

      const subjects: { holder: Address; token: Address | 'native' }[] = []
      const calls: ContractCall[] = []
      for (const holder of holders) {
        if (multicall3) {
          subjects.push({ holder, token: 'native' })
          calls.push({
            to: multicall3,
            data: encodeFunctionData({ abi: multicall3Abi, functionName: 'getEthBalance', args: [holder] }),
          })
        }
        for (const token of tokens) {
          subjects.push({ holder, token })
          calls.push({
            to: token,
            data: encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [holder] }),
          })
        }
      }

      const readFrom = async (asked: Asked): Promise<RawBalance[]> => {
        const balances: RawBalance[] = []
        if (!multicall3) {
          const tag = toBlockTag(block.number)
          for (const holder of holders) {
            const units = await asked.request('eth_getBalance', [holder, tag], quantitySchema)
            balances.push({ holder, token: 'native', units })
          }
        }
        const answers = await callContracts(asked, multicall3, calls, block.number)
        for (const [index, subject] of subjects.entries()) {
          const units = readUint256(answers[index])
          if (units !== undefined) balances.push({ ...subject, units })
        }
        return balances
      }
      const balances = await readFrom(rpc)
      await confirm({ chainId, blockNumber: block.number, balances, readFrom })
      return { blockNumber: block.number, blockTimestampMs: block.timestamp * 1000, balances }
    },
  }
}
