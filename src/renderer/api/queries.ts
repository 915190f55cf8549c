import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ActivityFilter } from '../../shared/contract/activity.ts'
import type { CostMethod, ReferenceCurrency } from '../../shared/contract/settings.ts'
import type { SignedOrderId } from '../../shared/contract/signedOrders.ts'
import type { SwapQuote } from '../../shared/contract/swaps.ts'
import { unwrapResult } from '../../shared/errors/Result.ts'
import {
  type AccountId,
  type Address,
  type ChainId,
  type TokenRef,
  tokenKey,
} from '../../shared/identity/identity.ts'
import { type ChartRange, chartPoints, chartRanges } from './chartRanges.ts'
import { mainApi } from './mainApi.ts'
import { mergePrices } from './priceIndex.ts'
import { queryKeys } from './queryKeys.ts'
import { scalesApi } from './scalesApi.ts'

/** Entries of activity that one page holds. */
export const activityPageSize = 50

type ContractRef = TokenRef & { readonly address: Address }

/** Measuring pools costs the node much, and pegs seldom move from block to block. */
const measuredEveryMs = 15_000
/** The past grows slowly, and reading it costs the database. */
const historyStaleMs = 30_000
/** Levels of the book on each side. */
const bookLevels = 16

/** What is traded, and against what. */
interface OrderPair {
  readonly chainId: ChainId
  readonly base: TokenRef['address']
  readonly quote: TokenRef['address']
}

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
  contacts: queryOptions({
    queryKey: queryKeys.contacts,
    queryFn: async () => unwrapResult(await mainApi().addressBook.list()),
  }),
  descriptors: queryOptions({
    queryKey: queryKeys.descriptors,
    queryFn: async () => unwrapResult(await mainApi().descriptors.list()),
  }),
  rules: queryOptions({
    queryKey: queryKeys.rules,
    queryFn: async () => unwrapResult(await mainApi().rules.list()),
  }),
  delegations: (accountId: AccountId) =>
    queryOptions({
      queryKey: [...queryKeys.delegations, accountId],
      queryFn: async () => unwrapResult(await mainApi().delegations.list({ accountId })),
      // Given anywhere, seen here: looked for anew with every visit, and while it lasts.
      staleTime: 0,
      refetchInterval: 30_000,
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
  prices: queryOptions({
    queryKey: queryKeys.prices,
    queryFn: async () => mergePrices(undefined, unwrapResult(await mainApi().prices.get())),
  }),
  recipient: (chainId: ChainId, text: string) =>
    queryOptions({
      queryKey: [...queryKeys.recipient, chainId, text],
      queryFn: async () => unwrapResult(await mainApi().transfers.resolveRecipient({ chainId, text })),
      // A name may be pointed elsewhere at any time.
      staleTime: 15_000,
      gcTime: 60_000,
    }),
  tokens: (chainId: ChainId) =>
    queryOptions({
      queryKey: [...queryKeys.tokens, chainId],
      queryFn: async () => unwrapResult(await mainApi().tokens.list({ chainId })),
      // The list grows as the chain confirms its tokens.
      staleTime: 30_000,
    }),
  token: (ref: TokenRef) =>
    queryOptions({
      queryKey: [...queryKeys.tokens, ref.chainId, ref.address],
      queryFn: async () => unwrapResult(await mainApi().tokens.resolve(ref)),
    }),
  tokenScales: queryOptions({
    queryKey: queryKeys.tokenScales,
    queryFn: async () => unwrapResult(await scalesApi().listScales()),
  }),
  tokenLists: queryOptions({
    queryKey: queryKeys.tokenLists,
    queryFn: async () => unwrapResult(await mainApi().tokens.listLists()),
  }),
  tokenJudgements: queryOptions({
    queryKey: queryKeys.tokenJudgements,
    queryFn: async () => unwrapResult(await mainApi().tokens.listJudgements()),
  }),
  stablecoins: queryOptions({
    queryKey: queryKeys.stablecoins,
    queryFn: async () => unwrapResult(await mainApi().stablecoins.getOverview()),
    refetchInterval: measuredEveryMs,
    staleTime: 5_000,
  }),
  stablecoinReport: (coin: ContractRef) =>
    queryOptions({
      queryKey: [...queryKeys.stablecoins, 'report', tokenKey(coin)],
      queryFn: async () => unwrapResult(await mainApi().stablecoins.getReport(coin)),
      refetchInterval: measuredEveryMs,
    }),
  coinAddress: (coin: ContractRef, holder: Address) =>
    queryOptions({
      queryKey: [...queryKeys.stablecoins, 'address', tokenKey(coin), holder],
      queryFn: async () => unwrapResult(await mainApi().stablecoins.checkAddress({ ...coin, holder })),
    }),
  pegHistory: (coin: ContractRef, sinceMs: number) =>
    queryOptions({
      queryKey: [...queryKeys.stablecoins, 'history', tokenKey(coin), sinceMs],
      queryFn: async () => unwrapResult(await mainApi().stablecoins.getHistory({ ...coin, sinceMs })),
      refetchInterval: measuredEveryMs,
    }),
  stablecoinAlerts: queryOptions({
    queryKey: queryKeys.stablecoinAlerts,
    queryFn: async () => unwrapResult(await mainApi().stablecoins.listAlerts()),
  }),
  shelterBasket: queryOptions({
    queryKey: queryKeys.shelterBasket,
    queryFn: async () => unwrapResult(await mainApi().shelter.getBasket()),
  }),
  shelterPlan: queryOptions({
    queryKey: queryKeys.shelterPlan,
    queryFn: async () => unwrapResult(await mainApi().shelter.getPlan()),
  }),
  ownEntries: queryOptions({
    queryKey: queryKeys.ownEntries,
    queryFn: async () => unwrapResult(await mainApi().registry.listOwn()),
  }),
  shelterRule: queryOptions({
    queryKey: queryKeys.shelterRule,
    queryFn: async () => unwrapResult(await mainApi().shelter.getRule()),
  }),
  realWorldAssets: queryOptions({
    queryKey: queryKeys.realWorldAssets,
    queryFn: async () => unwrapResult(await mainApi().realWorldAssets.getOverview()),
    refetchInterval: measuredEveryMs,
    staleTime: 5_000,
  }),
  realWorldAssetReport: (asset: ContractRef, accountId: AccountId | undefined) =>
    queryOptions({
      queryKey: [...queryKeys.realWorldAssets, 'report', tokenKey(asset), accountId],
      queryFn: async () =>
        unwrapResult(
          await mainApi().realWorldAssets.getReport({
            ...asset,
            ...(accountId === undefined ? {} : { accountId }),
          }),
        ),
      refetchInterval: measuredEveryMs,
    }),
  assetHistory: (asset: ContractRef) =>
    queryOptions({
      queryKey: [...queryKeys.realWorldAssets, 'history', tokenKey(asset)],
      queryFn: async () => unwrapResult(await mainApi().realWorldAssets.getHistory(asset)),
      // Older states are dear to read, and the past does not change.
      staleTime: 10 * 60_000,
    }),
  holdOut: (
    asset: ContractRef,
    accountId: AccountId | undefined,
    thresholdBps: number,
    offers: { amount: string; price: string }[],
  ) =>
    queryOptions({
      queryKey: [...queryKeys.realWorldAssets, 'holdOut', tokenKey(asset), accountId, thresholdBps, offers],
      queryFn: async () =>
        unwrapResult(
          await mainApi().realWorldAssets.computeHoldOut({
            ...asset,
            thresholdBps,
            offers,
            ...(accountId === undefined ? {} : { accountId }),
          }),
        ),
    }),
  /** Kept by pair and order of magnitude: the curve hardly changes from block to block, and reading it costs the node much. */
  swapDepth: (quote: SwapQuote) =>
    queryOptions({
      queryKey: [
        ...queryKeys.swapDepth,
        tokenKey(quote.sell.ref),
        tokenKey(quote.buy.ref),
        quote.sellUnits.toString().length,
      ],
      queryFn: async () => unwrapResult(await mainApi().swaps.getDepth({ quoteId: quote.quoteId })),
      refetchInterval: 15_000,
      gcTime: 60_000,
    }),
  /** Of one quote: a newer one is another trade. The last picture stays until the next is there. */
  swapExposure: (quote: SwapQuote) =>
    queryOptions({
      queryKey: [...queryKeys.swapExposure, quote.quoteId],
      queryFn: async () => unwrapResult(await mainApi().swaps.getExposure({ quoteId: quote.quoteId })),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10_000,
    }),
  allowances: (accountId: AccountId | undefined) =>
    queryOptions({
      queryKey: [...queryKeys.allowances, accountId ?? 'all'],
      queryFn: async () =>
        unwrapResult(await mainApi().allowances.list(accountId === undefined ? {} : { accountId })),
    }),
  costBasis: (currency: ReferenceCurrency, method: CostMethod) =>
    queryOptions({
      queryKey: [...queryKeys.performance, 'basis', currency, method],
      queryFn: async () => unwrapResult(await mainApi().performance.getBasis({ currency, method })),
      staleTime: historyStaleMs,
    }),
  /** Asked for anew as time passes, so that the line ends now. */
  valueHistory: (accountId: AccountId | undefined, currency: ReferenceCurrency, range: ChartRange) =>
    queryOptions({
      queryKey: [...queryKeys.performance, 'values', accountId ?? 'all', currency, range],
      queryFn: async () => {
        const nowMs = Date.now()
        const sinceMs = nowMs - chartRanges[range]
        const request = { currency, sinceMs, points: chartPoints }
        const history = unwrapResult(
          await mainApi().performance.getValues(
            accountId === undefined ? request : { ...request, accountId },
          ),
        )
        return { ...history, sinceMs, nowMs }
      },
      staleTime: historyStaleMs,
      refetchInterval: 60_000,
      placeholderData: keepPreviousData,
    }),
  priceHistory: (token: TokenRef, currency: ReferenceCurrency, range: ChartRange) =>
    queryOptions({
      queryKey: [...queryKeys.priceHistory, tokenKey(token), currency, range],
      queryFn: async () => {
        const nowMs = Date.now()
        const sinceMs = nowMs - chartRanges[range]
        const request = { tokens: [token], currency, sinceMs, points: chartPoints }
        return { ...unwrapResult(await mainApi().prices.getHistory(request)), sinceMs, nowMs }
      },
      staleTime: historyStaleMs,
      placeholderData: keepPreviousData,
    }),
  suspiciousCount: (accountId: AccountId | undefined) =>
    queryOptions({
      queryKey: [...queryKeys.filteredActivity, 'suspicious', accountId ?? 'all'],
      queryFn: async () =>
        unwrapResult(await mainApi().activity.countSuspicious(accountId === undefined ? {} : { accountId })),
    }),
  nonceGaps: queryOptions({
    queryKey: [...queryKeys.filteredActivity, 'gaps'],
    queryFn: async () => unwrapResult(await mainApi().activity.listNonceGaps()),
  }),
  historyGaps: (accountId: AccountId | undefined) =>
    queryOptions({
      queryKey: [...queryKeys.filteredActivity, 'unread', accountId],
      queryFn: async () =>
        unwrapResult(await mainApi().activity.listHistoryGaps(accountId === undefined ? {} : { accountId })),
    }),
  /** Told anew with every change of the activity, whose name it shares. */
  protection: (accountId: AccountId | undefined) =>
    queryOptions({
      queryKey: [...queryKeys.protection, accountId ?? 'all'],
      queryFn: async () =>
        unwrapResult(await mainApi().activity.listProtection(accountId === undefined ? {} : { accountId })),
      staleTime: 5_000,
    }),
  openOrders: queryOptions({
    queryKey: [...queryKeys.orders, 'open'],
    queryFn: async () => unwrapResult(await mainApi().orders.listOpen()),
  }),
  signedOrders: queryOptions({
    queryKey: [...queryKeys.signedOrders, 'list'],
    queryFn: async () => unwrapResult(await mainApi().offers.list()),
  }),
  orderRings: (chainId: ChainId) =>
    queryOptions({
      queryKey: [...queryKeys.signedOrders, 'rings', chainId],
      queryFn: async () => unwrapResult(await mainApi().orders.findRings({ chainId })),
      refetchInterval: 10_000,
      gcTime: 30_000,
    }),
  exportedOrder: (id: SignedOrderId) =>
    queryOptions({
      queryKey: [...queryKeys.signedOrders, 'export', id],
      queryFn: async () => unwrapResult(await mainApi().offers.export({ id })),
    }),
  /** Tried anew with every block, whose orders are read again. */
  orderFill: (request: { id: SignedOrderId; accountId: AccountId; amount: string }) =>
    queryOptions({
      queryKey: [...queryKeys.signedOrders, 'fill', request.id, request.accountId, request.amount],
      queryFn: async () => unwrapResult(await mainApi().offers.previewFill(request)),
      retry: false,
      refetchInterval: 10_000,
      gcTime: 30_000,
    }),
  orderHistory: infiniteQueryOptions({
    queryKey: [...queryKeys.orders, 'history'],
    queryFn: async ({ pageParam }: { pageParam: string | undefined }) =>
      unwrapResult(
        await mainApi().orders.listHistory({
          limit: activityPageSize,
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (lastPage) => lastPage.nextCursor,
  }),
  pairPrices: (pair: OrderPair) =>
    queryOptions({
      queryKey: [...queryKeys.orderBook, 'prices', pair.chainId, pair.base, pair.quote],
      queryFn: async () => unwrapResult(await mainApi().orders.getPrices(pair)),
      refetchInterval: 5_000,
      gcTime: 30_000,
    }),
  orderBook: (pair: OrderPair) =>
    queryOptions({
      queryKey: [...queryKeys.orderBook, pair.chainId, pair.base, pair.quote],
      queryFn: async () => unwrapResult(await mainApi().orders.getBook({ ...pair, levels: bookLevels })),
      refetchInterval: 5_000,
      gcTime: 30_000,
    }),
  /** One entry, asked for anew as a filtered history is. */
  activityEntry: (activityId: string) =>
    queryOptions({
      queryKey: [...queryKeys.filteredActivity, 'entry', activityId],
      queryFn: async () => unwrapResult(await mainApi().activity.find({ activityId })),
    }),
  /** Events keep the unfiltered history true; a filtered one is asked for anew. */
  activity: (accountId: AccountId | undefined, filter?: Omit<ActivityFilter, 'accountId'>) =>
    infiniteQueryOptions({
      queryKey: [...(filter ? queryKeys.filteredActivity : queryKeys.activity), accountId ?? 'all', filter],
      queryFn: async ({ pageParam }: { pageParam: string | undefined }) =>
        unwrapResult(
          await mainApi().activity.list({
            limit: activityPageSize,
            ...filter,
            ...(accountId === undefined ? {} : { accountId }),
            ...(pageParam === undefined ? {} : { cursor: pageParam }),
          }),
        ),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (lastPage) => lastPage.nextCursor,
    }),
}
