import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { unwrapResult } from '../../shared/errors/Result.ts'
import type { AccountId, ChainId } from '../../shared/identity/identity.ts'
import { mainApi } from './mainApi.ts'
import { queryKeys } from './queryKeys.ts'

/** Entries of activity that one page holds. */
export const activityPageSize = 50

/** Every question that the screens ask, with the name under which its answer is kept. Failures are thrown as AppError. */
export const queries = {
  appInfo: queryOptions({
    queryKey: queryKeys.appInfo,
    queryFn: async () => unwrapResult(await mainApi().app.getInfo()),
  }),
  settings: queryOptions({
    queryKey: queryKeys.settings,
    queryFn: async () => unwrapResult(await mainApi().settings.get()),
  }),
  vaultStatus: queryOptions({
    queryKey: queryKeys.vaultStatus,
    queryFn: async () => unwrapResult(await mainApi().vault.getStatus()),
  }),
  wallets: queryOptions({
    queryKey: queryKeys.wallets,
    queryFn: async () => unwrapResult(await mainApi().vault.listWallets()),
  }),
  chains: queryOptions({
    queryKey: queryKeys.chains,
    queryFn: async () => unwrapResult(await mainApi().chains.list()),
  }),
  chainStatuses: queryOptions({
    queryKey: queryKeys.chainStatuses,
    queryFn: async () => unwrapResult(await mainApi().chains.listStatus()),
  }),
  portfolio: queryOptions({
    queryKey: queryKeys.portfolio,
    queryFn: async () => unwrapResult(await mainApi().portfolio.get()),
  }),
  recipient: (chainId: ChainId, text: string) =>
    queryOptions({
      queryKey: [...queryKeys.recipient, chainId, text],
      queryFn: async () => unwrapResult(await mainApi().transfers.resolveRecipient({ chainId, text })),
      // A name may be pointed elsewhere at any time.
      staleTime: 15_000,
      gcTime: 60_000,
    }),
  activity: (accountId: AccountId | undefined) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.activity, accountId ?? 'all'],
      queryFn: async ({ pageParam }: { pageParam: string | undefined }) =>
        unwrapResult(
          await mainApi().activity.list({
            limit: activityPageSize,
            ...(accountId === undefined ? {} : { accountId }),
            ...(pageParam === undefined ? {} : { cursor: pageParam }),
          }),
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (lastPage) => lastPage.nextCursor,
    }),
}
