import { encodeFunctionData, parseAbi } from 'viem'
import type { TokenScaleReader } from '../../capabilities/tokens/tokens.ports.ts'
import { callContracts } from './callContracts.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { readUint256 } from './readUint256.ts'

const data = encodeFunctionData({
  abi: parseAbi(['function uiMultiplier() view returns (uint256)']),
  functionName: 'uiMultiplier',
})

export function createTokenScaleReader(network: RpcNetwork): TokenScaleReader {
  return {
    async readMultipliers(chainId, addresses) {
      const calls = addresses.map((to) => ({ to, data }))
      const { multicall3 } = network.definition(chainId)
      return (await callContracts(network.rpc(chainId), multicall3, calls, 'latest')).map(readUint256)
    },
  }
}
