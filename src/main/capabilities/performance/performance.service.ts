import type { Activity } from '../../../shared/contract/activity.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { PriceSample } from '../../../shared/contract/prices.ts'
import type { ReferenceCurrency } from '../../../shared/contract/settings.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import {
  type AccountId,
  type Address,
  type ChainId,
  type TokenRef,
  tokenKey,
} from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { computeValue, convertValue } from '../../../shared/money/computeValue.ts'
import { baseUnits, usdE18 } from '../../../shared/money/units.ts'
import type { AccountDirectory, ChainDirectory } from '../chains/index.ts'
import type { PortfolioService } from '../portfolio/index.ts'
import type { PriceDirectory } from '../prices/index.ts'
import { computeBasis } from './domain/computeBasis.ts'
import {
  groupByToken,
  listTransactionMoves,
  type ValuedMove,
  valueMoves,
} from './domain/listTransactionMoves.ts'
import { settleHeld } from './domain/settleHeld.ts'
import { spreadTimes, traceValue } from './domain/traceValue.ts'

export interface PerformanceDeps {
  readonly chains: Pick<ChainDirectory, 'getDefinition'>
  readonly accounts: AccountDirectory
  readonly portfolio: Pick<PortfolioService, 'get'>
  readonly activity: {
    readAll(accountIds: readonly AccountId[]): readonly Activity[]
    /** Since when every movement of the token has been seen; `undefined` where that was never looked at. */
    seenSince(chainId: ChainId, account: Address, isCoin: boolean): number | undefined
  }
  readonly prices: Pick<PriceDirectory, 'find' | 'findPast' | 'findPastRate' | 'findRate' | 'readHistory'>
  readonly nowMs: () => number
}

const unit = 10n ** 18n
const hourMs = 3_600_000
const dayMs = 24 * hourMs

interface Held {
  readonly token: Token
  units: bigint
}

/** What holdings cost, brought in and were worth: from the activity, and from prices as they were seen. */
export function createPerformanceService(
  deps: PerformanceDeps,
): Handlers<typeof mainWindowContract>['performance'] {
  const { prices } = deps
  const nativeTokenOf = (chainId: ChainId) => deps.chains.getDefinition(chainId).nativeToken

  /** @throws AppError `vault.locked` */
  async function listAccounts(accountId: AccountId | undefined): Promise<readonly Account[]> {
    const accounts = await deps.accounts.listAccounts()
    return accounts.filter(({ id }) => accountId === undefined || id === accountId)
  }

  /** What the accounts have, by token; and which of them have anything on which chain. */
  async function readHeld(accounts: readonly Account[]) {
    const own = new Set(accounts.map(({ id }) => id))
    const held = new Map<string, Held>()
    const holders = new Set<string>()
    const { chains } = await deps.portfolio.get()
    for (const { token, units, accountId } of chains.flatMap(({ balances }) => balances)) {
      if (!own.has(accountId)) continue
      if (units > 0n) holders.add(`${token.ref.chainId}:${accountId}`)
      const known = held.get(tokenKey(token.ref))
      if (known) known.units += units
      else held.set(tokenKey(token.ref), { token, units })
    }
    return { held, holders }
  }

  /** What one unit of the currency was worth at about a time. */
  function rateAt(currency: ReferenceCurrency, atMs: number) {
    if (currency === 'USD') return usdE18(unit)
    return (
      prices.findPastRate(currency, atMs)?.usd ??
      (deps.nowMs() - atMs < hourMs ? prices.findRate(currency)?.usd : undefined)
    )
  }

  /** What moved for accounts together, each movement valued by its time's price. */
  function listValued(activities: readonly Activity[], currency: ReferenceCurrency): ValuedMove[] {
    const worthOf = (units: bigint, { ref, decimals }: Token, atMs: number) => {
      const price = prices.findPast(ref, atMs)?.usd
      const rate = price === undefined ? undefined : rateAt(currency, atMs)
      return price === undefined || rate === undefined
        ? undefined
        : convertValue(computeValue(units, decimals, price), rate)
    }
    return listTransactionMoves(activities, nativeTokenOf).flatMap((moves) => valueMoves(moves, worthOf))
  }

  const readActivities = (accounts: readonly Account[]) => deps.activity.readAll(accounts.map(({ id }) => id))

  /** Since when it is known what each of the accounts has of a token. */
  function knownSince({ chainId, address }: TokenRef, accounts: readonly Account[]): number {
    return accounts.reduce((latest, account) => {
      const since = deps.activity.seenSince(chainId, account.address, address === 'native')
      return Math.max(latest, since ?? Number.POSITIVE_INFINITY)
    }, 0)
  }

  return {
    async getBasis({ currency, method }) {
      const accounts = await listAccounts(undefined)
      const { held } = await readHeld(accounts)
      const moved = groupByToken(listValued(readActivities(accounts), currency))
      return [...new Set([...held.keys(), ...moved.keys()])].flatMap((key) => {
        const moves = moved.get(key) ?? []
        const token = held.get(key)?.token ?? moves[0]?.token
        if (!token) return []
        const basis = computeBasis(settleHeld(moves, held.get(key)?.units ?? 0n), method)
        return [
          {
            token: token.ref,
            units: baseUnits(basis.units),
            knownUnits: baseUnits(basis.knownUnits),
            cost: basis.cost,
            realised: basis.realised,
            unaccountedUnits: baseUnits(basis.unaccountedUnits),
          },
        ]
      })
    },

    async getValues({ accountId, currency, sinceMs, points }) {
      const accounts = await listAccounts(accountId)
      const { held, holders } = await readHeld(accounts)
      const activities = readActivities(accounts)
      // Whoever has nothing and never moved anything had nothing before.
      for (const { chainId, accountId: of } of activities) holders.add(`${chainId}:${of}`)
      const nowMs = deps.nowMs()
      const times = spreadTimes(Math.min(sinceMs, nowMs), nowMs, points)
      const width = (nowMs - sinceMs) / (points - 1)
      const nearMs = Math.max(width, nowMs - sinceMs > 2 * dayMs ? dayMs : hourMs)
      const moves = listValued(activities, currency).filter(({ atMs }) => atMs >= sinceMs - nearMs)
      const moved = groupByToken(moves)
      const tokens = [...new Set([...held.keys(), ...moved.keys()])].flatMap((key) => {
        const token = held.get(key)?.token ?? moved.get(key)?.[0]?.token
        return token ? [{ key, token, units: held.get(key)?.units ?? 0n }] : []
      })
      const history = prices.readHistory({
        tokens: tokens.map(({ token }) => token.ref),
        currency,
        sinceMs: Math.max(0, Math.floor(sinceMs - nearMs)),
        points,
      })
      const rates = toRates(history.rates, currency)
      const trace = traceValue(
        tokens.map(({ key, token, units }, index) => ({
          key,
          decimals: token.decimals,
          held: units,
          moves: moved.get(key) ?? [],
          knownSinceMs: knownSince(
            token.ref,
            accounts.filter(({ id }) => holders.has(`${token.ref.chainId}:${id}`)),
          ),
          prices: [...(history.tokens[index]?.samples ?? []), ...presentPrice(token.ref, nowMs)].flatMap(
            ({ atMs, usd }) => {
              const rate = rates(atMs)
              return rate === undefined ? [] : [{ atMs, price: convertValue(usd, rate) }]
            },
          ),
        })),
        times,
        nearMs,
      )
      const firstMs = trace.points[0]?.atMs ?? nowMs
      const netInflow = sumInflow(
        moves.filter(({ atMs, token }) => atMs > firstMs && !trace.excluded.includes(tokenKey(token.ref))),
      )
      return {
        points: [...trace.points],
        excluded: tokens
          .filter(({ key, units }) => units > 0n && trace.excluded.includes(key))
          .map(({ token }) => token.ref),
        ...(netInflow === undefined ? {} : { netInflow }),
      }
    },
  }

  function presentPrice(ref: TokenRef, nowMs: number): PriceSample[] {
    const price = prices.find(ref)
    return price?.state === 'known' ? [{ atMs: nowMs, usd: price.usd }] : []
  }

  /** The rate that was seen last before a time, or else first after it; a currency moves far less than what is priced in it. */
  function toRates(samples: readonly PriceSample[], currency: ReferenceCurrency) {
    const present = prices.findRate(currency)?.usd
    return (atMs: number) => {
      if (currency === 'USD') return usdE18(unit)
      const before = samples.findLast((sample) => sample.atMs <= atMs)
      return (before ?? samples[0])?.usd ?? present
    }
  }
}

/** What came less what went, except what was exchanged for one another; `undefined` where a value is unknown. */
function sumInflow(moves: readonly ValuedMove[]): bigint | undefined {
  let sum = 0n
  for (const { units, value } of moves) {
    if (value === undefined) return undefined
    sum += units > 0n ? value : -value
  }
  return sum
}
