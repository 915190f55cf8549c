import type { Chain } from '../../../../shared/contract/chains.ts'
import type { ChainDefinition, ChainSettings } from './ChainDefinition.ts'

/** Whether a chain is used: as the user chose, else as its data says. */
export function isChainEnabled(definition: ChainDefinition, settings: ChainSettings): boolean {
  return settings.enabled ?? definition.enabledByDefault
}

/** Nodes in use: the user's own, else the defaults. */
export function chooseRpcUrls(definition: ChainDefinition, settings: ChainSettings): readonly string[] {
  const own = settings.rpcUrls ?? []
  return own.length > 0 ? own : definition.defaultRpcUrls
}

/** A chain as windows see it. */
export function describeChain(definition: ChainDefinition, settings: ChainSettings): Chain {
  return {
    chainId: definition.chainId,
    name: definition.name,
    kind: definition.kind,
    nativeSymbol: definition.nativeToken.symbol,
    enabled: isChainEnabled(definition, settings),
    rpcUrls: [...chooseRpcUrls(definition, settings)],
    ...(settings.privateRpcUrl === undefined ? {} : { privateRpcUrl: settings.privateRpcUrl }),
    hasFaucet: definition.faucetMethod !== undefined,
    isOwn: definition.isOwn ?? false,
    ...(definition.explorerUrl === undefined ? {} : { explorerUrl: definition.explorerUrl }),
    blockTimeSeconds: definition.blockTimeSeconds,
  }
}
