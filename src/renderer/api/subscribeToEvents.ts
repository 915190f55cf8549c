import type { QueryClient } from '@tanstack/react-query'
import type { ChainStatus } from '../../shared/contract/chains.ts'
import type { VaultStatus } from '../../shared/contract/vault.ts'
import type { MainApi } from './mainApi.ts'
import { type ActivityPages, mergeActivity } from './mergeActivity.ts'
import { queries } from './queries.ts'
import { queryKeys } from './queryKeys.ts'

/** Keeps the answers that are at hand equal to what the other side tells. Returns what ends all subscriptions. */
export function subscribeToEvents(api: MainApi, client: QueryClient): () => void {
  const subscriptions = [
    api.settings.changed((settings) => client.setQueryData(queries.settings.queryKey, settings)),
    api.vault.statusChanged((status) => applyVaultStatus(client, status)),
    api.vault.walletsChanged((wallets) => client.setQueryData(queries.wallets.queryKey, wallets)),
    api.chains.listChanged((chains) => client.setQueryData(queries.chains.queryKey, chains)),
    api.chains.statusChanged((status) =>
      client.setQueryData(queries.chainStatuses.queryKey, (statuses: ChainStatus[] | undefined) =>
        statuses === undefined
          ? undefined
          : [...statuses.filter((known) => known.chainId !== status.chainId), status],
      ),
    ),
    api.portfolio.changed((portfolio) => client.setQueryData(queries.portfolio.queryKey, portfolio)),
    api.activity.changed((entry) => {
      for (const accountId of [undefined, entry.accountId]) {
        client.setQueryData(queries.activity(accountId).queryKey, (pages: ActivityPages | undefined) =>
          pages === undefined ? undefined : mergeActivity(pages, entry),
        )
      }
    }),
  ]
  return () => {
    for (const unsubscribe of subscriptions) unsubscribe()
  }
}

/** Takes a new status of the vault; what was read while it was open is forgotten when it closes. */
export function applyVaultStatus(client: QueryClient, status: VaultStatus): void {
  client.setQueryData(queries.vaultStatus.queryKey, status)
  if (status.state !== 'unlocked') client.removeQueries({ queryKey: queryKeys.unlocked })
}
