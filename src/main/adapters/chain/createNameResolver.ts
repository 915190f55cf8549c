import { type Address, encodeFunctionData, hexToBytes, namehash, parseAbi } from 'viem'
import type { NameResolver } from '../../capabilities/transfers/transfers.ports.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { bytesSchema } from './rpcSchemas.ts'

const abi = parseAbi([
  'function resolver(bytes32 node) view returns (address)',
  'function addr(bytes32 node) view returns (address)',
  'function name(bytes32 node) view returns (string)',
])

/** ENS (EIP-137, EIP-181) by registry and resolver, on chains whose data name a registry. Names that live off chain (EIP-3668) are not followed. */
export function createNameResolver(network: RpcNetwork): NameResolver {
  async function call(chainId: Parameters<RpcNetwork['rpc']>[0], to: Address, data: `0x${string}`) {
    try {
      return await network.rpc(chainId).request('eth_call', [{ to, data }, 'latest'], bytesSchema)
    } catch (thrown) {
      if (thrown instanceof NodeRefusedError && thrown.isRevert) return undefined
      throw thrown
    }
  }

  async function findResolver(chainId: Parameters<RpcNetwork['rpc']>[0], node: `0x${string}`) {
    const registry = network.definition(chainId).ensRegistry
    if (!registry) return undefined
    const data = encodeFunctionData({ abi, functionName: 'resolver', args: [node] })
    return readAddress(await call(chainId, registry, data))
  }

  return {
    async resolveName(chainId, normalisedName) {
      const node = namehash(normalisedName)
      const resolver = await findResolver(chainId, node)
      if (!resolver) return undefined
      return readAddress(
        await call(chainId, resolver, encodeFunctionData({ abi, functionName: 'addr', args: [node] })),
      )
    },
    async readClaimedName(chainId, address) {
      const node = namehash(`${address.slice(2).toLowerCase()}.addr.reverse`)
      const resolver = await findResolver(chainId, node)
      if (!resolver) return undefined
      return readString(
        await call(chainId, resolver, encodeFunctionData({ abi, functionName: 'name', args: [node] })),
      )
    },
  }
}

/** A returned address that is one and is not zero. */
function readAddress(data: `0x${string}` | undefined): Address | undefined {
  if (data === undefined || data.length < 66 || !/^0x0{24}/.test(data)) return undefined
  const address = `0x${data.slice(26, 66)}` as const
  return /^0x0{40}$/.test(address) ? undefined : address
}

/** A returned ABI string of at most 255 bytes, the longest that a name can be. */
function readString(data: `0x${string}` | undefined): string | undefined {
  if (data === undefined || data.length < 130) return undefined
  const bytes = hexToBytes(data)
  const view = (start: number) => BigInt(`0x${data.slice(2 + start * 2, 66 + start * 2)}`)
  const offset = view(0)
  if (offset + 32n > BigInt(bytes.length)) return undefined
  const length = view(Number(offset))
  const start = Number(offset) + 32
  if (length === 0n || length > 255n || start + Number(length) > bytes.length) return undefined
  return new TextDecoder().decode(bytes.subarray(start, start + Number(length)))
}
