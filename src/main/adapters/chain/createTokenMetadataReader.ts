import { type Address, hexToBytes } from 'viem'
import type { TokenMetadataReader } from '../../capabilities/tokens/tokens.ports.ts'
import { callContracts } from './callContracts.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'

/** Selectors of `symbol()`, `name()` and `decimals()`; decoding is left to the caller, because not every token answers by the ABI. */
const selectors = ['0x95d89b41', '0x06fdde03', '0x313ce567'] as const
/** No honest name is longer; what is cut here is refused by the decoder. */
const longestAnswer = 2 + 2 * 1024

export function createTokenMetadataReader(network: RpcNetwork): TokenMetadataReader {
  return {
    async readTokenMetadata(chainId, addresses) {
      const calls = addresses.flatMap((to: Address) => selectors.map((data) => ({ to, data })))
      const answers = await callContracts(
        network.rpc(chainId),
        network.definition(chainId).multicall3,
        calls,
        'latest',
      )
      const bytes = (index: number) => {
        const answer = answers[index]
        return answer === undefined || answer === '0x'
          ? undefined
          : hexToBytes(answer.slice(0, longestAnswer) as `0x${string}`)
      }
      return addresses.map((address, index) => ({
        address,
        symbol: bytes(index * 3),
        name: bytes(index * 3 + 1),
        decimals: bytes(index * 3 + 2),
      }))
    },
  }
}
