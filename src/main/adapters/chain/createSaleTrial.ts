import { encodeFunctionData, erc20Abi } from 'viem'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import type { PoolReader, SwapNode, VenueDirectory } from '../../capabilities/swaps/index.ts'
import type { SaleTrial } from '../../capabilities/tokens/tokens.ports.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { readUint256 } from './readUint256.ts'
import { bytesSchema } from './rpcSchemas.ts'

export interface SaleTrialDeps {
  readonly network: RpcNetwork
  readonly venues: VenueDirectory
  readonly pools: PoolReader
  readonly node: Pick<SwapNode, 'tryTransfer'>
}

/** Where a token goes that has no pool yet: an address that nobody has. */
const anywhere = '0x00000000000000000000000000000000000f10a7'

/** Tries, without doing it, to move what a holder has into the pool where it would be sold. */
export function createSaleTrial({ network, venues, pools, node }: SaleTrialDeps): SaleTrial {
  async function findMarket(chainId: ChainId, token: Address): Promise<Address> {
    const known = venues.find(chainId)
    if (!known) return anywhere
    const block = await pools.readBlock(chainId)
    const found = await pools.readPools({
      chainId,
      venues: known,
      tokens: [token],
      block,
      reach: 0,
      pairing: 'connectors',
    })
    return found[0]?.key.address ?? anywhere
  }

  return {
    async canBeSold(chainId, token, holder) {
      try {
        const data = encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [holder] })
        const answer = await network
          .rpc(chainId)
          .request('eth_call', [{ to: token, data }, 'latest'], bytesSchema)
        const units = readUint256(answer)
        if (units === undefined || units === 0n) return undefined
        const moved = await node.tryTransfer(chainId, token, holder, await findMarket(chainId, token), units)
        if (moved.status === 'reverted') return false
        // Less than half arriving is no sale.
        return moved.arrived === undefined ? undefined : moved.arrived * 2n >= units
      } catch (thrown) {
        // A node that simulates nothing cannot be asked.
        if (thrown instanceof AppError) return undefined
        throw thrown
      }
    },
  }
}
