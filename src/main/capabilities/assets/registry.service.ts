import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { NewEntry } from '../../../shared/contract/registry.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AssetsDeps } from './AssetsDeps.ts'
import type { OwnRegistry } from './assets.ports.ts'
import { toDay } from './domain/market/civilDay.ts'
import type { RegistryIndex } from './domain/registry/indexRegistry.ts'

/** What the user adds to the registry, and takes out again; what is shipped stays. */
export function createRegistryService(
  deps: Pick<AssetsDeps, 'chains' | 'tokens' | 'nowMs'>,
  index: RegistryIndex,
  own: OwnRegistry,
): Handlers<typeof mainWindowContract>['registry'] {
  return {
    listOwn: () => [...own.list()],

    async add(entry) {
      const { chainId, address } = entry
      deps.chains.getEnabled(chainId)
      const ref = { chainId, address }
      if (index.findCoin(ref) || index.findAsset(ref)) throw new AppError('registry.known')
      const { symbol, name } = await deps.tokens.resolve(ref)
      await own.add({
        entry,
        id: idOf(symbol, entry),
        symbol,
        name: name === '' ? symbol : name,
        asOf: toDay(Math.floor(deps.nowMs() / 86_400_000)),
      })
      return [...own.list()]
    },

    async remove(entry) {
      await own.remove(entry)
      return [...own.list()]
    },
  }
}

/** By symbol and address, so that two contracts of one name do not replace each other. */
function idOf(symbol: string, { chainId, address }: NewEntry): string {
  const letters = symbol
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 16)
  return `own-${letters}-${chainId}-${address.slice(2, 10).toLowerCase()}`
}
