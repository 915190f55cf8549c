import { type ChainId, type TokenRef, tokenKey } from '../../../../../shared/identity/identity.ts'
import type { AssetDeployment, AssetRegistry, RealWorldAssetEntry, StablecoinEntry } from './AssetRegistry.ts'

export interface Deployed<Entry> {
  readonly entry: Entry
  readonly deployment: AssetDeployment
}

/** The registry by contract. */
export interface RegistryIndex {
  findCoin(token: TokenRef): Deployed<StablecoinEntry> | undefined
  findAsset(token: TokenRef): Deployed<RealWorldAssetEntry> | undefined
  listCoins(chainId: ChainId): readonly Deployed<StablecoinEntry>[]
  listAssets(chainId: ChainId): readonly Deployed<RealWorldAssetEntry>[]
  /** An older contract of a known name, by the known start of its address. */
  isSuperseded(token: TokenRef): boolean
}

/** Built anew when the registry's lists are others than before: users add to them. */
export function indexRegistry(registry: AssetRegistry): RegistryIndex {
  let lists: Pick<AssetRegistry, 'stablecoins' | 'realWorldAssets'> | undefined
  let built: RegistryIndex | undefined
  const current = (): RegistryIndex => {
    const { stablecoins, realWorldAssets } = registry
    if (!built || lists?.stablecoins !== stablecoins || lists.realWorldAssets !== realWorldAssets) {
      lists = { stablecoins, realWorldAssets }
      built = buildIndex(lists)
    }
    return built
  }
  return {
    findCoin: (token) => current().findCoin(token),
    findAsset: (token) => current().findAsset(token),
    listCoins: (chainId) => current().listCoins(chainId),
    listAssets: (chainId) => current().listAssets(chainId),
    isSuperseded: (token) => current().isSuperseded(token),
  }
}

function buildIndex({
  stablecoins,
  realWorldAssets,
}: Pick<AssetRegistry, 'stablecoins' | 'realWorldAssets'>): RegistryIndex {
  const coins = deployedByKey(stablecoins)
  const assets = deployedByKey(realWorldAssets)
  const superseded = stablecoins.flatMap((coin) => coin.superseded)
  const onChain = <Entry>(all: ReadonlyMap<string, Deployed<Entry>>, chainId: ChainId) =>
    [...all.values()].filter(({ deployment }) => deployment.chainId === chainId)
  return {
    findCoin: (token) => coins.get(tokenKey(token)),
    findAsset: (token) => assets.get(tokenKey(token)),
    listCoins: (chainId) => onChain(coins, chainId),
    listAssets: (chainId) => onChain(assets, chainId),
    isSuperseded: ({ chainId, address }) =>
      !coins.has(tokenKey({ chainId, address })) &&
      superseded.some(
        (each) => each.chainId === chainId && address.toLowerCase().startsWith(each.addressPrefix),
      ),
  }
}

function deployedByKey<Entry extends { readonly deployments: readonly AssetDeployment[] }>(
  entries: readonly Entry[],
): Map<string, Deployed<Entry>> {
  return new Map(
    entries.flatMap((entry) =>
      entry.deployments.map((deployment) => [tokenKey(deployment), { entry, deployment }] as const),
    ),
  )
}
