import type { FiatRate, PriceSample, TokenPrice } from '../../../shared/contract/prices.ts'
import type { ReferenceCurrency } from '../../../shared/contract/settings.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type ChainId, tokenKey } from '../../../shared/identity/identity.ts'
import type { ChainDirectory } from '../chains/index.ts'
import { decideRates } from './domain/decideRates.ts'
import { type PastMoment, pastMoments } from './domain/pastMoments.ts'
import type { ChainFollower } from './followChain.ts'
import type { PriceDirectory, PriceSampleStore } from './prices.ports.ts'

export interface HistoryKeeperDeps {
  readonly chains: Pick<ChainDirectory, 'listEnabled'>
  readonly samples: PriceSampleStore
  readonly nowMs: () => number
  readonly schedule: (callback: () => void, delayMs: number) => () => void
  onHistoryChanged(): void
  onBug(thrown: unknown): void
}

/** What things were worth, as it was seen and as far as nodes can tell of the time before. */
export interface HistoryKeeper {
  /** Keeps what is reliable of present prices and rates. */
  note(prices: readonly TokenPrice[], rates: readonly FiatRate[]): void
  /** Begins, at leisure, to read what is missing of the past; a node without old states ends it for this session. */
  fillIn(chainId: ChainId, follower: ChainFollower, prices: readonly TokenPrice[]): void
  readonly read: PriceDirectory['readHistory']
  find(subject: string, atMs: number): PriceSample | undefined
  forgetAfter(chainId: ChainId, atMs: number): void
  stop(): void
}

/** Between two looks into the past of a chain: the node serves the present first. */
const stepMs = 2_000
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** What is newer is kept by five minutes, so that its neighbour is near. */
const recentMs = 2 * dayMs

export const rateSubject = (currency: ReferenceCurrency) => `rate:${currency}`

export function createHistoryKeeper(deps: HistoryKeeperDeps): HistoryKeeper {
  const { samples } = deps
  /** Tokens whose past was looked for in this session, by chain. */
  const sought = new Map<ChainId, Set<string>>()
  const cancels = new Map<ChainId, () => void>()
  let session = 0

  function note(prices: readonly TokenPrice[], rates: readonly FiatRate[]): void {
    try {
      for (const price of prices) {
        if (isReliable(price)) samples.write(tokenKey(price.token), { atMs: price.asOfMs, usd: price.usd })
      }
      for (const { currency, usd } of rates) {
        if (currency !== 'USD') samples.write(rateSubject(currency), { atMs: deps.nowMs(), usd })
      }
    } catch (thrown) {
      // A full disk costs a chart its newest point, not the present its prices.
      deps.onBug(thrown)
    }
  }

  async function readMoment(chainId: ChainId, follower: ChainFollower, atMs: number): Promise<void> {
    const definition = deps.chains.listEnabled().find((chain) => chain.chainId === chainId)
    if (!definition) return
    const secondsAgo = (deps.nowMs() - atMs) / 1000
    const past = await follower.readPast(BigInt(Math.round(secondsAgo / definition.blockTimeSeconds)))
    for (const price of past.tokens) {
      // A chain whose blocks came slower than by its rhythm answers for another day: that is kept as of that day.
      if (isReliable(price)) samples.write(tokenKey(price.token), { atMs: price.asOfMs, usd: price.usd })
    }
    const readAtMs = past.tokens[0]?.asOfMs
    if (readAtMs === undefined || definition.kind === 'practice') return
    for (const { currency, usd } of decideRates(past.rateFeeds, [], readAtMs)) {
      if (currency !== 'USD') samples.write(rateSubject(currency), { atMs: readAtMs, usd })
    }
  }

  function walk(chainId: ChainId, follower: ChainFollower, moments: readonly PastMoment[]): void {
    const [next, ...rest] = moments
    if (!next) {
      cancels.delete(chainId)
      return
    }
    const startedIn = session
    const cancel = deps.schedule(() => {
      readMoment(chainId, follower, next.atMs)
        .then(() => {
          if (session !== startedIn) return
          deps.onHistoryChanged()
          walk(chainId, follower, rest)
        })
        .catch((thrown) => {
          // A node that does not keep old states has no past to tell.
          if (!(thrown instanceof AppError)) deps.onBug(thrown)
          if (session === startedIn) cancels.delete(chainId)
        })
    }, stepMs)
    cancels.set(chainId, cancel)
  }

  function find(subject: string, atMs: number): PriceSample | undefined {
    return samples.findNear(subject, atMs, deps.nowMs() - atMs > recentMs ? dayMs : hourMs)
  }

  return {
    note,

    fillIn(chainId, follower, prices) {
      if (cancels.has(chainId)) return
      const known = sought.get(chainId) ?? new Set()
      sought.set(chainId, known)
      const fresh = prices.filter(isReliable).filter(({ token }) => !known.has(tokenKey(token)))
      for (const { token } of fresh) known.add(tokenKey(token))
      const missing = pastMoments(deps.nowMs()).filter(({ atMs, withinMs }) =>
        fresh.some(({ token }) => !samples.findNear(tokenKey(token), atMs, withinMs)),
      )
      walk(chainId, follower, missing)
    },

    read({ tokens, currency, sinceMs, points }) {
      const width = Math.max(1, Math.ceil((deps.nowMs() - sinceMs) / points))
      return {
        tokens: tokens.map((token) => ({
          token,
          samples: [...samples.read(tokenKey(token), sinceMs, width)],
        })),
        rates: currency === 'USD' ? [] : [...samples.read(rateSubject(currency), sinceMs, width)],
      }
    },

    find,

    forgetAfter(chainId, atMs) {
      samples.dropAfter(chainId, atMs)
    },

    stop() {
      session += 1
      for (const cancel of cancels.values()) cancel()
      cancels.clear()
      sought.clear()
    },
  }
}

/** What is doubted now must not stand in a chart as if it had been known. */
function isReliable(price: TokenPrice): price is Extract<TokenPrice, { state: 'known' }> {
  return price.state === 'known' && price.confidence !== 'low'
}
