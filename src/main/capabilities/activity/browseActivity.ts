import type { Activity, ActivityFilter } from '../../../shared/contract/activity.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, Address } from '../../../shared/identity/identity.ts'
import type { AccountDirectory, ChainDirectory } from '../chains/index.ts'
import type { TokenScales } from '../tokens/index.ts'
import type { ActivityStore, PageQuery } from './activity.ports.ts'
import { dayOf } from './domain/monthOf.ts'
import { summariseProtection, type WorthThen } from './domain/summariseProtection.ts'
import { toCsvFile, toFullRows, toTaxRows } from './domain/toCsvRows.ts'

type ActivityHandlers = Handlers<typeof mainWindowContract>['activity']

export interface BrowseActivityDeps {
  readonly chains: Pick<ChainDirectory, 'getDefinition'>
  readonly accounts: AccountDirectory
  readonly store: Pick<ActivityStore, 'listPage' | 'findActivity' | 'countSuspicious' | 'annotate'>
  /** Addresses whose name, given by the user, contains the word. */
  findNamed(word: string): readonly Address[]
  /** What things were worth at their time, in the currency that the user counts in now. */
  worthThen(): WorthThen
  readonly scales: Pick<TokenScales, 'multiplierOf'>
  readonly nowMs: () => number
  onChanged(activity: Activity): void
}

export interface ActivityBrowser
  extends Pick<
    ActivityHandlers,
    'list' | 'find' | 'countSuspicious' | 'annotate' | 'exportCsv' | 'listProtection'
  > {
  /** Everything of these accounts, newest first, suspicious entries left out. */
  readAll(accountIds: readonly AccountId[]): Activity[]
}

const pageSize = 500

/** Looks through the history: pages, search, notes, and the history as a file. */
export function createActivityBrowser(deps: BrowseActivityDeps): ActivityBrowser {
  const { store } = deps

  /** Of the account, or of all. @throws AppError `vault.locked` */
  async function listAccountIds(accountId: AccountId | undefined): Promise<AccountId[]> {
    const accounts = await deps.accounts.listAccounts()
    return accounts.map(({ id }) => id).filter((id) => accountId === undefined || id === accountId)
  }

  async function toQuery(filter: ActivityFilter): Promise<Omit<PageQuery, 'cursor' | 'limit'>> {
    const accounts = await deps.accounts.listAccounts()
    const words =
      filter.search
        ?.trim()
        .split(/\s+/)
        .filter((word) => word !== '') ?? []
    const namedAccounts = (word: string) =>
      accounts
        .filter(({ name }) => name.toLowerCase().includes(word.toLowerCase()))
        .map(({ address }) => address)
    return {
      accountIds: await listAccountIds(filter.accountId),
      kinds: filter.kinds?.length ? filter.kinds : undefined,
      // A word is found in the entry's own text, or in the name of who took part.
      search: words.map((word) => [word, ...namedAccounts(word), ...deps.findNamed(word)]),
      suspicious: filter.suspicious ?? 'without',
    }
  }

  function readWhole(query: Omit<PageQuery, 'cursor' | 'limit'>): Activity[] {
    const found: Activity[] = []
    let cursor: string | undefined
    do {
      const page = store.listPage({ ...query, cursor, limit: pageSize })
      found.push(...page.activities)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    return found
  }

  return {
    readAll: (accountIds) => readWhole({ accountIds }),

    async list({ cursor, limit, ...filter }) {
      const page = store.listPage({ ...(await toQuery(filter)), cursor, limit })
      return {
        items: [...page.activities],
        ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
      }
    },

    async find({ activityId }) {
      const activity = store.findActivity(activityId)
      const own = await listAccountIds(activity?.accountId)
      return activity && own.length > 0 ? activity : null
    },

    async countSuspicious({ accountId }) {
      return { count: store.countSuspicious(await listAccountIds(accountId)) }
    },

    async annotate({ activityId, note, labels }) {
      await listAccountIds(undefined)
      const trimmed = note?.trim()
      const kept = [...new Set(labels?.map((label) => label.trim()).filter((label) => label !== '') ?? [])]
      const activity = store.annotate(activityId, {
        ...(trimmed ? { note: trimmed } : {}),
        ...(kept.length > 0 ? { labels: kept } : {}),
      })
      if (!activity) throw new AppError('activity.missing')
      deps.onChanged(activity)
      return activity
    },

    async exportCsv({ format, ...filter }) {
      const accounts = await deps.accounts.listAccounts()
      const oldestFirst = readWhole(await toQuery(filter)).reverse()
      const context = {
        chainName: (chainId: Activity['chainId']) => deps.chains.getDefinition(chainId).name,
        nativeToken: (chainId: Activity['chainId']) => deps.chains.getDefinition(chainId).nativeToken,
        accountName: (accountId: AccountId) => accounts.find(({ id }) => id === accountId)?.name ?? accountId,
        multiplierOf: deps.scales.multiplierOf,
      }
      const rows = format === 'tax' ? toTaxRows(oldestFirst, context) : toFullRows(oldestFirst, context)
      const day = dayOf(deps.nowMs())
      return {
        suggestedName: format === 'tax' ? `minato-tax-${day}.csv` : `minato-activity-${day}.csv`,
        content: toCsvFile(rows),
      }
    },

    async listProtection({ accountId }) {
      const activities = readWhole({ accountIds: await listAccountIds(accountId) })
      return summariseProtection(activities, deps.worthThen())
    },
  }
}
