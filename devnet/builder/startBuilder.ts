import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import type { LocalChain } from '../startChain.ts'
import { connectNode } from './connectNode.ts'
import { createFaucetMethods } from './createFaucetMethods.ts'
import { type BuilderOptions, openBuilder, type RunningBuilder } from './openBuilder.ts'
import type { RpcMethods } from './RpcMethods.ts'

interface StartBuilderOptions extends BuilderOptions {
  /** Started with `mining: 'builder'`. */
  readonly chain: Pick<LocalChain, 'rpcUrl' | 'chainId' | 'manifest'>
  /** Further methods; their names begin with `minato_`. */
  readonly methods?: RpcMethods
}

/** Starts the block builder of a seeded local chain, its faucet included; tips go to the builder's account. */
export async function startBuilder(options: StartBuilderOptions): Promise<RunningBuilder> {
  const { chain, methods = {}, ...builderOptions } = options
  await connectNode(chain.rpcUrl).request('anvil_setCoinbase', [ACCOUNT_ADDRESSES.builderCoinbase])
  return openBuilder(chain, builderOptions, (builder) => ({
    ...createFaucetMethods(builder, chain.manifest),
    ...methods,
  }))
}
