import { z } from 'zod'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Faucet } from '../../capabilities/chains/chains.ports.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { hash32Schema } from './rpcSchemas.ts'

const answerSchema = z
  .object({ gifts: z.array(z.object({ transaction: hash32Schema })).max(256) })
  .transform(({ gifts }) => gifts.map(({ transaction }) => transaction))

/** The faucet that a practice chain's node offers as a method of its own. */
export function createFaucet(network: RpcNetwork): Faucet {
  return {
    async requestFunds(chainId, method, address) {
      try {
        return await network.rpc(chainId).request(method, [address], answerSchema)
      } catch (thrown) {
        if (thrown instanceof NodeRefusedError) {
          throw new AppError('chain.faucetRefused', { chainId, reason: thrown.reason }, { cause: thrown })
        }
        throw thrown
      }
    },
  }
}
