import type { ChainFields } from '../../../../shared/contract/chains.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import { toSafeText } from '../../../../shared/text/toSafeText.ts'
import type { ChainDefinition } from './ChainDefinition.ts'

/** What a chain's own node told of it when it was added. */
export interface ChainFacts {
  readonly blockTimeSeconds: number
  readonly hasSteadyBlocks: boolean
  readonly hasStandardHeaders: boolean
  readonly multicall3?: Address
}

/** A chain of the user's, from what is written about it and what it told of itself. Its texts are strangers' words: cleaned and cut. */
export function defineOwnChain(fields: ChainFields, facts: ChainFacts): ChainDefinition {
  const { chainId, nativeCurrency, blockExplorerUrls = [] } = fields
  const explorerUrl = blockExplorerUrls.find((url) => url.startsWith('https://'))
  return {
    chainId,
    name: toSafeText(fields.chainName, 64),
    kind: 'real',
    nativeToken: {
      ref: { chainId, address: 'native' },
      name: toSafeText(nativeCurrency.name, 64),
      symbol: toSafeText(nativeCurrency.symbol, 16),
      decimals: nativeCurrency.decimals,
      assetClass: 'coin',
      source: 'native',
    },
    defaultRpcUrls: fields.rpcUrls,
    enabledByDefault: true,
    isOwn: true,
    minimumPriorityFeePerGas: 0n,
    tokens: [],
    ...(explorerUrl === undefined ? {} : { explorerUrl }),
    ...facts,
  }
}
