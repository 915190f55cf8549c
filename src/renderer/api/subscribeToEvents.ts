import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { ChainStatus } from '../../shared/contract/chains.ts'
import type { TokenPrice } from '../../shared/contract/prices.ts'
import type { VaultStatus } from '../../shared/contract/vault.ts'
import { tokenKey } from '../../shared/identity/identity.ts'
import type { MainApi } from './mainApi.ts'
import { type ActivityPages, mergeActivity } from './mergeActivity.ts'
import { mergePrices, type PriceIndex } from './priceIndex.ts'
import { queries } from './queries.ts'
import { queryKeys } from './queryKeys.ts'
import { takeEvent } from './takeEvent.ts'

/** Keeps the answers that are at hand equal to what the other side tells. Returns what ends all subscriptions. */
export function subscribeToEvents(api: MainApi, client: QueryClient): () => void {
  // What arrives late must not bring back what was forgotten when the vault locked.
  const isOpen = () => client.getQueryData(queries.vaultStatus.queryKey)?.state === 'unlocked'
  const subscriptions = [
    api.settings.changed((settings) => takeEvent(client, queries.settings.queryKey, settings)),
    api.vault.statusChanged((status) => applyVaultStatus(client, status)),
    api.vault.walletsChanged((wallets) => {
      if (isOpen()) takeEvent(client, queries.wallets.queryKey, wallets)
    }),
    api.addressBook.changed((contacts) => {
      if (isOpen()) takeEvent(client, queries.contacts.queryKey, contacts)
      void client.invalidateQueries({ queryKey: queryKeys.recipient })
    }),
    api.rules.changed((rules) => {
      if (isOpen()) takeEvent(client, queries.rules.queryKey, rules)
    }),
    api.chains.listChanged((chains) => takeEvent(client, queries.chains.queryKey, chains)),
    api.chains.statusChanged((status) => {
      client.setQueryData(queries.chainStatuses.queryKey, (statuses: ChainStatus[] | undefined) =>
        statuses === undefined
          ? undefined
          : [...statuses.filter((known) => known.chainId !== status.chainId), status],
      )
      askAgainIfUnderWay(client, queryKeys.chainStatuses)
    }),
    api.portfolio.changed((portfolio) => {
      if (isOpen()) takeEvent(client, queries.portfolio.queryKey, portfolio)
    }),
    api.shelter.planChanged((plan) => {
      if (isOpen()) takeEvent(client, queries.shelterPlan.queryKey, plan)
    }),
    api.stablecoins.alertsChanged(({ alerts }) => {
      if (isOpen()) takeEvent(client, queries.stablecoinAlerts.queryKey, alerts)
    }),
    api.orders.changed(() => {
      if (isOpen()) void client.invalidateQueries({ queryKey: queryKeys.orders })
    }),
    api.tokens.listsChanged((lists) => {
      takeEvent(client, queries.tokenLists.queryKey, lists)
      void client.invalidateQueries({ queryKey: queryKeys.tokens })
    }),
    api.tokens.scalesChanged((scales) => takeEvent(client, queries.tokenScales.queryKey, scales)),
    api.tokens.judgementsChanged((judgements) => {
      if (isOpen()) takeEvent(client, queries.tokenJudgements.queryKey, judgements)
    }),
    api.prices.historyChanged(() => {
      if (!isOpen()) return
      void client.invalidateQueries({ queryKey: queryKeys.priceHistory })
      void client.invalidateQueries({ queryKey: queryKeys.performance })
    }),
    ...[api.offers.changed, api.offers.removed].map((subscribe) =>
      subscribe(() => {
        if (isOpen()) void client.invalidateQueries({ queryKey: queries.signedOrders.queryKey })
      }),
    ),
    api.prices.changed((changes) => {
      if (!isOpen()) return
      const index = client.getQueryData(queries.prices.queryKey)
      const isNew = ({ state, token }: TokenPrice) =>
        state === 'known' && index?.tokens.get(tokenKey(token))?.state !== 'known'
      // What has a price only now was left out of what holdings are worth.
      if (changes.tokens.some(isNew)) void client.invalidateQueries({ queryKey: queryKeys.performance })
      client.setQueryData(queries.prices.queryKey, (index: PriceIndex | undefined) =>
        index === undefined ? undefined : mergePrices(index, changes),
      )
      askAgainIfUnderWay(client, queryKeys.prices)
    }),
    api.activity.changed((entry) => {
      if (!isOpen()) return
      for (const accountId of [undefined, entry.accountId]) {
        client.setQueryData(queries.activity(accountId).queryKey, (pages: ActivityPages | undefined) =>
          pages === undefined ? undefined : mergeActivity(pages, entry),
        )
      }
      askAgainIfUnderWay(client, queryKeys.activity)
      if (entry.kind === 'undelegate') void client.invalidateQueries({ queryKey: queryKeys.delegations })
      void client.invalidateQueries({ queryKey: queryKeys.filteredActivity })
      // A pending one has moved nothing yet.
      if (entry.receipt?.confirmations === 1)
        void client.invalidateQueries({ queryKey: queryKeys.performance })
      if (entry.kind === 'approve') void client.invalidateQueries({ queryKey: queryKeys.allowances })
      if (entry.swap) void client.invalidateQueries({ queryKey: queryKeys.protection })
    }),
  ]
  return () => {
    for (const unsubscribe of subscriptions) unsubscribe()
  }
}

/** Takes a new status of the vault. What was read while it was open is forgotten by whoever shows it, once it is gone. */
export function applyVaultStatus(client: QueryClient, status: VaultStatus): void {
  takeEvent(client, queries.vaultStatus.queryKey, status)
}

/** A part of an answer that is on its way may already be old in it: then the whole is asked for once more. */
function askAgainIfUnderWay(client: QueryClient, queryKey: QueryKey): void {
  if (client.isFetching({ queryKey }) > 0) void client.invalidateQueries({ queryKey })
}
