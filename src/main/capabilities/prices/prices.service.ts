import { createCoalescedRun } from '../../../shared/concurrency/createCoalescedRun.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { FiatRate, PriceBook, pricesContract, TokenPrice } from '../../../shared/contract/prices.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type ChainId, type TokenRef, tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { ChainDirectory } from '../chains/index.ts'
import type { VenueDirectory } from '../swaps/index.ts'
import type { TokensService } from '../tokens/index.ts'
import { decideRates, type RateFeed } from './domain/decideRates.ts'
import { isSamePrice, isSameRate } from './domain/isSamePrice.ts'
import { type ChainFollower, followChain } from './followChain.ts'
import { createHistoryKeeper, rateSubject } from './keepHistory.ts'
import type { FeedDirectory, PriceDirectory, PriceReader, PriceSampleStore } from './prices.ports.ts'

export interface PricesServiceDeps {
  readonly chains: Pick<ChainDirectory, 'listEnabled' | 'subscribeHeads'>
  readonly tokens: Pick<TokensService, 'find' | 'resolve' | 'confirmListed'>
  /** What the accounts hold, which is always followed. */
  readonly listHeld: () => readonly Token[]
  readonly venues: VenueDirectory
  readonly feeds: FeedDirectory
  readonly reader: PriceReader
  readonly samples: PriceSampleStore
  readonly nowMs: () => number
  readonly schedule: (callback: () => void, delayMs: number) => () => void
  /** Told of the prices and rates that changed. */
  onChanged(changes: PriceBook): void
  /** Told when there is more history. */
  onHistoryChanged(): void
  /** Told of what should not be possible, to log it. */
  onBug(thrown: unknown): void
}

export interface PricesService extends PriceDirectory {
  readonly handlers: Handlers<{ readonly prices: typeof pricesContract }>['prices']
  /** Follows the chains' blocks from now on. */
  start(): void
  /** Forgets every price; nothing is read until `start`. */
  stop(): void
  /** Reads every enabled chain anew; a chain that does not answer keeps its prices, which grow old visibly. */
  refresh(): Promise<void>
}

/** Blocks may come faster than anybody can read prices. */
const leastGapMs = 5_000
/** A price that stays the same is told again after this long, so that its age can be seen. */
const retellMs = 60_000

interface ChainState {
  readonly follower: ChainFollower
  readonly refresh: () => Promise<void>
  rateFeeds: readonly RateFeed[]
  cancelTimer: (() => void) | undefined
}

/** What everything is worth, as far as that can be known: followed by block, told when it changes. */
export function createPricesService(deps: PricesServiceDeps): PricesService {
  const states = new Map<ChainId, ChainState>()
  const prices = new Map<string, TokenPrice>()
  const followed = new Map<string, Token>()
  let rates: readonly FiatRate[] = []
  let unsubscribe: (() => void) | undefined
  /** Rises with every stop: what a reading brings home after that belongs to nobody. */
  let session = 0
  const history = createHistoryKeeper(deps)

  function stateOf(chainId: ChainId): ChainState | undefined {
    const existing = states.get(chainId)
    if (existing) return existing
    const definition = deps.chains.listEnabled().find((chain) => chain.chainId === chainId)
    if (!definition) return undefined
    const state: ChainState = {
      follower: followChain({
        definition,
        venues: deps.venues.find(chainId),
        feeds: deps.feeds.list(chainId),
        reader: deps.reader,
        findToken: (address) => deps.tokens.find({ chainId, address }),
        nowMs: deps.nowMs,
      }),
      refresh: createCoalescedRun(() => read(chainId, state)),
      rateFeeds: [],
      cancelTimer: undefined,
    }
    states.set(chainId, state)
    return state
  }

  async function read(chainId: ChainId, state: ChainState): Promise<void> {
    const startedIn = session
    try {
      await deps.tokens.confirmListed(chainId)
      const tokens = new Map(
        [...deps.listHeld(), ...followed.values()]
          .filter(({ ref }) => ref.chainId === chainId)
          .map((token) => [tokenKey(token.ref), token]),
      )
      const reading = await state.follower.read([...tokens.values()])
      if (session !== startedIn) return
      state.rateFeeds = reading.rateFeeds
      const changed: TokenPrice[] = []
      for (const price of reading.tokens) {
        const key = tokenKey(price.token)
        const known = prices.get(key)
        if (known && isSamePrice(known, price) && price.asOfMs - known.asOfMs < retellMs) continue
        prices.set(key, price)
        changed.push(price)
      }
      const changedRates = renewRates()
      history.note(reading.tokens, rates)
      history.fillIn(chainId, state.follower, reading.tokens)
      if (changed.length > 0 || changedRates.length > 0)
        deps.onChanged({ tokens: changed, rates: [...changedRates] })
    } catch (thrown) {
      if (!(thrown instanceof AppError)) deps.onBug(thrown)
    }
  }

  /** Practice chains invent their rates: they count only while no real chain is in use. */
  function renewRates(): readonly FiatRate[] {
    const enabled = deps.chains.listEnabled()
    const real = enabled.filter(({ kind }) => kind === 'real')
    const counted = real.length > 0 ? real : enabled
    const feeds = counted.flatMap(({ chainId }) => states.get(chainId)?.rateFeeds ?? [])
    const stablecoins = counted.flatMap(({ tokens }) =>
      tokens.flatMap(({ ref, pegCurrency }) => {
        const token = pegCurrency === undefined ? undefined : deps.tokens.find(ref)
        const price = prices.get(tokenKey(ref))
        return token && price ? [{ token, price }] : []
      }),
    )
    const next = decideRates(feeds, stablecoins, deps.nowMs())
    const before = new Map(rates.map((rate) => [rate.currency, rate]))
    rates = next
    return next.filter((rate) => {
      const known = before.get(rate.currency)
      return !known || !isSameRate(known, rate) || rate.asOfMs - known.asOfMs >= retellMs
    })
  }

  function refreshSoon(chainId: ChainId): void {
    const state = stateOf(chainId)
    if (!state || state.cancelTimer) return
    state.cancelTimer = deps.schedule(() => {
      state.cancelTimer = undefined
    }, leastGapMs)
    state.refresh().catch(deps.onBug)
  }

  async function refresh(): Promise<void> {
    await Promise.all(deps.chains.listEnabled().map(({ chainId }) => stateOf(chainId)?.refresh()))
  }

  async function follow(refs: readonly TokenRef[]): Promise<readonly TokenPrice[]> {
    const fresh = refs.filter((ref) => !prices.has(tokenKey(ref)))
    await Promise.all(
      fresh.map(async (ref) => {
        try {
          followed.set(tokenKey(ref), await deps.tokens.resolve(ref))
        } catch (thrown) {
          // What cannot be told to be a token has no price either.
          if (!(thrown instanceof AppError)) throw thrown
        }
      }),
    )
    const chainIds = new Set(fresh.map(({ chainId }) => chainId))
    await Promise.all([...chainIds].map((chainId) => stateOf(chainId)?.refresh()))
    return refs.map(
      (ref): TokenPrice =>
        prices.get(tokenKey(ref)) ?? {
          state: 'unknown',
          token: ref,
          reason: 'unreadable',
          asOfMs: deps.nowMs(),
          sources: [],
        },
    )
  }

  const getBook = (): PriceBook => ({ tokens: [...prices.values()], rates: [...rates] })

  return {
    handlers: {
      get: getBook,
      follow: async ({ tokens }) => [...(await follow(tokens))],
      getHistory: history.read,
    },
    readHistory: history.read,
    findPast: (token, atMs) => history.find(tokenKey(token), atMs),
    findPastRate: (currency, atMs) => history.find(rateSubject(currency), atMs),
    find: (token) => prices.get(tokenKey(token)),
    follow,
    findRate: (currency) => rates.find((rate) => rate.currency === currency),

    start() {
      unsubscribe ??= deps.chains.subscribeHeads(({ chainId, isReorganised, timestampMs }) => {
        // What pools had settled at may be no part of the chain any more.
        if (isReorganised) {
          states.delete(chainId)
          history.forgetAfter(chainId, timestampMs)
        }
        refreshSoon(chainId)
      })
    },

    stop() {
      session += 1
      unsubscribe?.()
      unsubscribe = undefined
      for (const { cancelTimer } of states.values()) cancelTimer?.()
      history.stop()
      states.clear()
      prices.clear()
      followed.clear()
      rates = []
    },

    refresh,
  }
}
