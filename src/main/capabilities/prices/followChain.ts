import type { PriceSource, TokenPrice } from '../../../shared/contract/prices.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { mulDivUp } from '../../../shared/money/mulDiv.ts'
import type { ChainDefinition } from '../chains/index.ts'
import type { KeyedPool, SwapVenues } from '../swaps/index.ts'
import { leastDepth } from './domain/decidePrice.ts'
import type { RateFeed } from './domain/decideRates.ts'
import { judgeFeed } from './domain/judgeFeed.ts'
import { measurePoolDepth } from './domain/measurePoolDepth.ts'
import type { FeedReading, PriceFeed } from './domain/PriceFeed.ts'
import { type AssetId, type PoolPrice, priceChain, spotScale } from './domain/priceChain.ts'
import { extendTrail, isSettledTrail, type SpotTrail, settleSpot } from './domain/SpotTrail.ts'
import type { MarketReading, PriceReader, SpotSource } from './prices.ports.ts'

type FeedSource = Extract<PriceSource, { kind: 'feed' }>

export interface ChainPrices {
  readonly tokens: readonly TokenPrice[]
  readonly rateFeeds: readonly RateFeed[]
}

/** The prices of one chain, kept up with its blocks. */
export interface ChainFollower {
  /** Reads everything anew for these tokens. @throws AppError `chain.*` */
  read(tokens: readonly Token[]): Promise<ChainPrices>
  /**
   * Prices as of a past block, by the pools and the depths that are known now; a pool must have stood there a while before, too.
   * Empty before the first `read`.
   *
   * @throws AppError `chain.*` where the node does not keep that state
   */
  readPast(blocksAgo: bigint): Promise<ChainPrices>
}

export interface ChainFollowerDeps {
  readonly definition: ChainDefinition
  readonly venues: SwapVenues | undefined
  readonly feeds: readonly PriceFeed[]
  readonly reader: PriceReader
  readonly findToken: (address: Address) => Token | undefined
  readonly nowMs: () => number
}

/** Pools come and go, and their depth with them. */
const rediscoverMs = 10 * 60_000
/** How far back a pool that was just found is looked at: far enough for a push to be seen, near enough for any node to know. */
const lookBackSeconds = 600
const mostBlocksBack = 60

/** A question about pools alone. */
const nothingElse = { feeds: [], vaults: [], scaled: [] } as const

const zero = '0x0000000000000000000000000000000000000000'

/** Knows a chain's pools, their depth and where they have been, and prices tokens by them and the chain's feeds. */
export function followChain(deps: ChainFollowerDeps): ChainFollower {
  const { definition, venues, reader } = deps
  const { chainId, nativeToken } = definition
  const coinId: AssetId = venues?.wrappedNative.toLowerCase() ?? zero
  let sources: SpotSource[] = []
  let vaults: { readonly token: Token; readonly address: Address; readonly asset: AssetId }[] = []
  let discoveredAtMs = 0
  let searched = new Set<AssetId>()
  /** What was priced last. */
  let known: ReadonlyMap<AssetId, Token> = new Map()
  const depths = new Map<string, bigint>()
  const trails = new Map<string, SpotTrail>()

  const idOf = (token: Token): AssetId =>
    token.ref.address === 'native' ? coinId : token.ref.address.toLowerCase()

  /** What is priced: what was asked for, the coin, and the connectors on the way to a feed. */
  function listAssets(tokens: readonly Token[]): Map<AssetId, Token> {
    const assets = new Map<AssetId, Token>([[coinId, nativeToken]])
    for (const address of venues?.connectors ?? []) {
      const token = deps.findToken(address)
      if (token && address.toLowerCase() !== coinId) assets.set(address.toLowerCase(), token)
    }
    for (const token of tokens) if (!assets.has(idOf(token))) assets.set(idOf(token), token)
    return assets
  }

  async function discover(assets: Map<AssetId, Token>): Promise<void> {
    const listed = [...assets.values()].flatMap((token) =>
      token.ref.address !== 'native' && token.source === 'list' && token.assetClass !== 'stablecoin'
        ? [{ token, address: token.ref.address }]
        : [],
    )
    const vaultAssets = await reader.readVaultAssets(
      chainId,
      listed.map(({ address }) => address),
    )
    vaults = listed.flatMap(({ token, address }, index) => {
      const asset = vaultAssets[index]
      return asset ? [{ token, address, asset: asset.toLowerCase() }] : []
    })
    for (const { asset } of vaults) {
      const token = deps.findToken(asset as Address)
      if (token && !assets.has(asset)) assets.set(asset, token)
    }
    const addresses = [...assets.keys()].filter((id) => id !== zero) as Address[]
    const found = venues ? await reader.findPools(chainId, venues, addresses) : []
    sources = venues
      ? found.filter(({ key }) => key.venue.startsWith('uniswap')).map((pool) => ({ pool, venues }))
      : []
    depths.clear()
    searched = new Set(assets.keys())
    discoveredAtMs = deps.nowMs()
    await lookBack(sources.filter(({ pool }) => !trails.has(pool.pool.id)))
  }

  /** Where new pools were a while ago, so that one that was pushed just before is not taken at its word. */
  async function lookBack(fresh: readonly SpotSource[]): Promise<void> {
    if (fresh.length === 0) return
    const back = blocksIn(lookBackSeconds)
    for (const blocksAgo of [back * 2, back]) {
      try {
        const past = await reader.readMarket({
          ...nothingElse,
          chainId,
          spots: fresh,
          blocksAgo: BigInt(blocksAgo),
        })
        remember(fresh, past)
      } catch (thrown) {
        // A node without past states leaves the pools unwatched, which lowers the confidence and nothing else.
        if (!(thrown instanceof AppError)) throw thrown
        return
      }
    }
  }

  function remember(of: readonly SpotSource[], reading: MarketReading): void {
    for (const [index, { pool }] of of.entries()) {
      const spot = reading.spots[index]
      if (spot === undefined || spot === 0n) continue
      const trail = trails.get(pool.pool.id) ?? []
      trails.set(pool.pool.id, extendTrail(trail, { atMs: reading.blockTimestampMs, spot }))
    }
  }

  function judge(reading: FeedReading, atMs: number, multiplier: bigint | undefined): FeedSource {
    const { feed, updatedAtMs } = reading
    const measures = feed.subject.kind === 'token' ? feed.subject.measures : 'token'
    return {
      kind: 'feed',
      name: (reading.description ?? feed.descriptions[0] ?? '').slice(0, 100),
      address: feed.address,
      measures,
      ...(updatedAtMs === undefined ? {} : { updatedAtMs }),
      ...judgeFeed(reading, atMs, measures === 'underlying' ? multiplier : undefined),
    }
  }

  return {
    async read(tokens) {
      const assets = listAssets(tokens)
      const isKnown = [...assets.keys()].every((id) => searched.has(id))
      if (!isKnown || deps.nowMs() - discoveredAtMs > rediscoverMs) await discover(assets)
      for (const { asset } of vaults) {
        const token = deps.findToken(asset as Address)
        if (token) assets.set(asset, token)
      }
      const { reading, evidence, rateFeeds } = await readEvidence(assets, sources, 0n)
      known = assets
      // A pool's depth is a sum of money: it can be measured once what it is quoted in has a price.
      const pools = () => listPools(assets, reading, trailOf, isSettledTrail)
      let prices = priceChain({ ...evidence, pools: pools() })
      for (let measured = true; measured; ) {
        measured = measureDepths(assets, prices)
        if (measured) prices = priceChain({ ...evidence, pools: pools() })
      }
      // Judged before it is remembered: a push must not be part of what it is compared with.
      remember(sources, reading)
      const byId = (token: Token): TokenPrice | undefined => {
        const price = prices.get(idOf(token))
        return price && { ...price, token: token.ref }
      }
      const wanted = new Map(
        [nativeToken, ...assets.values(), ...tokens].map((token) => [token, byId(token)]),
      )
      return { tokens: [...wanted.values()].filter((price) => price !== undefined), rateFeeds }
    },

    async readPast(blocksAgo) {
      const before = await reader.readMarket({
        ...nothingElse,
        chainId,
        spots: sources,
        blocksAgo: blocksAgo + BigInt(blocksIn(lookBackSeconds)),
      })
      const { reading, evidence, rateFeeds } = await readEvidence(known, sources, blocksAgo)
      const stoodAt = new Map(sources.map(({ pool }, index) => [pool.pool.id, before.spots[index]]))
      const trailBefore = (poolId: string): SpotTrail => {
        const spot = stoodAt.get(poolId)
        return spot === undefined ? [] : [{ atMs: before.blockTimestampMs, spot }]
      }
      // Two looks at a pool are all that the past offers at a bearable cost.
      const pools = listPools(known, reading, trailBefore, (trail) => trail.length > 0)
      const prices = priceChain({ ...evidence, pools })
      return {
        tokens: [...known].flatMap(([id, token]) => {
          const price = prices.get(id)
          return price ? [{ ...price, token: token.ref }] : []
        }),
        rateFeeds,
      }
    },
  }

  function trailOf(poolId: string): SpotTrail {
    return trails.get(poolId) ?? []
  }

  function blocksIn(seconds: number): number {
    return Math.min(mostBlocksBack, Math.ceil(seconds / definition.blockTimeSeconds))
  }

  /** What the chain's contracts said of these assets at a block, but for the pools. */
  async function readEvidence(
    assets: ReadonlyMap<AssetId, Token>,
    spots: readonly SpotSource[],
    blocksAgo: bigint,
  ) {
    const scaled = [...assets.values()].flatMap(({ assetClass, ref }) =>
      assetClass === 'rwa' && ref.address !== 'native' ? [ref.address] : [],
    )
    const reading = await reader.readMarket({
      chainId,
      feeds: deps.feeds,
      spots,
      vaults: vaults.map(({ address, token: { decimals } }) => ({ address, decimals })),
      scaled,
      blocksAgo,
    })
    const atMs = reading.blockTimestampMs
    const multipliers = new Map(
      scaled.map((address, index) => [address.toLowerCase(), reading.multipliers[index]]),
    )
    const feeds = new Map<AssetId, FeedSource[]>()
    const rateFeeds: RateFeed[] = []
    for (const entry of reading.feeds) {
      const { subject } = entry.feed
      if (subject.kind === 'currency') {
        const { name, updatedAtMs = 0, usd, refused } = judge(entry, atMs, undefined)
        const judged = { ...(usd ? { usd } : {}), ...(refused ? { refused } : {}) }
        rateFeeds.push({ currency: subject.currency, name, updatedAtMs, judged })
        continue
      }
      const id = subject.kind === 'native' ? coinId : subject.address.toLowerCase()
      feeds.set(id, [...(feeds.get(id) ?? []), judge(entry, atMs, multipliers.get(id))])
    }
    const redemptions = new Map(
      vaults.flatMap(({ token, asset }, index) => {
        const assetsE6 = reading.redemptions[index]
        return assetsE6 === undefined ? [] : [[idOf(token), { asset, assetsE6 }] as const]
      }),
    )
    const evidence = {
      asOfMs: atMs,
      tokens: [...assets].map(([id, token]) => ({ id, token })),
      feeds,
      redemptions,
    }
    return { reading, evidence, rateFeeds }
  }

  function listPools(
    assets: ReadonlyMap<AssetId, Token>,
    reading: MarketReading,
    trailOfPool: (poolId: string) => SpotTrail,
    isWatched: (trail: SpotTrail) => boolean,
  ): PoolPrice[] {
    return sources.flatMap(({ pool: { pool, key } }, index): PoolPrice[] => {
      const spot = reading.spots[index]
      const [token0, token1] = pool.tokens.map(toAsset)
      if (spot === undefined || spot === 0n || token0 === undefined || token1 === undefined) return []
      const trail = trailOfPool(pool.id)
      const settled = settleSpot(trail, spot)
      const common = {
        venue: key.venue,
        ...(key.fork === undefined ? {} : { fork: key.fork }),
        id: pool.id,
        isMoved: settled.isMoved,
        isWatched: isWatched(trail),
      }
      const inverse = (value: bigint) => (spotScale * spotScale) / value
      return [
        {
          ...common,
          base: token0,
          quote: token1,
          spot,
          settledSpot: settled.spot,
          depth: depths.get(`${pool.id}:1`) ?? 0n,
        },
        {
          ...common,
          base: token1,
          quote: token0,
          spot: inverse(spot),
          settledSpot: inverse(settled.spot),
          depth: depths.get(`${pool.id}:0`) ?? 0n,
        },
      ].filter(({ base, quote }) => assets.has(base) && isConnector(quote))
    })
  }

  /** Measures the pools whose quote has a price by now. @returns whether any was measured. */
  function measureDepths(
    assets: ReadonlyMap<AssetId, Token>,
    prices: ReadonlyMap<AssetId, TokenPrice>,
  ): boolean {
    let measured = false
    for (const { pool } of sources) {
      for (const quote of [0, 1]) {
        const key = `${pool.pool.id}:${quote}`
        const id = toAsset(pool.pool.tokens[quote] ?? zero)
        const price = prices.get(id)
        const token = assets.get(id)
        if (depths.has(key) || !token || price?.state !== 'known' || !isConnector(id)) continue
        const least = mulDivUp(leastDepth, 10n ** BigInt(token.decimals), price.usd)
        depths.set(key, depthOf(pool, quote, least))
        measured = true
      }
    }
    return measured
  }

  function toAsset(id: string): AssetId {
    return id === zero ? coinId : id
  }

  function isConnector(id: AssetId): boolean {
    return id === coinId || (venues?.connectors.some((address) => address.toLowerCase() === id) ?? false)
  }
}

function depthOf({ pool }: KeyedPool, quote: number, least: bigint): bigint {
  return measurePoolDepth(pool, 1 - quote, quote, least)
}
