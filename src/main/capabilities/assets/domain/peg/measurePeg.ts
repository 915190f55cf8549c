/** What one pool says of a coin. */
export interface PoolPrice {
  readonly poolId: string
  readonly venue: string
  readonly counterSymbol: string
  /** Of one whole coin, in 1e-8 US dollars, half-way between buying and selling. */
  readonly usdE8: bigint
  /** The same, were the counter coin worth its currency. Only where that coin's own feed says that it is not. */
  readonly atParUsdE8?: bigint
  /** What can be traded until the pool's price has worsened by 0.5%, in its weaker direction and on its poorer side, in 1e-8 US dollars. */
  readonly depthUsdE8: bigint
}

export interface FeedPrice {
  readonly description: string
  readonly usdE8: bigint
  readonly updatedAtMs: number
  readonly isStale: boolean
}

export const pegBandsBps = [25, 50, 100] as const
export type PegBand = (typeof pegBandsBps)[number]

export interface PegReading {
  /** In 1e-8 of the currency that the coin follows. Absent where neither a deep enough pool nor a fresh feed prices it. */
  readonly priceE8?: bigint
  /** Distance from the peg, rounded away from zero; negative below it. */
  readonly deviationBps?: number
  /** The widest band that the price has left; absent within 25 bps. */
  readonly outside?: PegBand
  readonly from: 'pools' | 'feed' | 'nothing'
  readonly poolsE8?: bigint
  readonly feedE8?: bigint
  /** Depth of the pools that counted, in 1e-8 US dollars. */
  readonly depthUsdE8: bigint
  readonly counted: readonly string[]
}

/** Below this a pool has no say: whoever wants an alarm could buy one. 10,000 US dollars. */
export const depthFloorUsdE8 = 1_000_000_000_000n
/** A pool with less than this share of the deepest one's depth has no say either. */
const shareOfDeepest = 10n

/**
 * The price of a coin against its peg on one chain: the median of the pools that are deep enough, weighted by depth, and the
 * coin's own feed beside it. Where both are there the one further from the peg counts: a depeg of one chain alone shows in its
 * pools, one that begins elsewhere in the feed.
 */
export function measurePeg(
  pools: readonly PoolPrice[],
  coinFeed: FeedPrice | undefined,
  /** What one unit of the currency costs, in 1e-8 US dollars. */
  currencyUsdE8: bigint,
): PegReading {
  if (currencyUsdE8 <= 0n) throw new RangeError(`A currency costs something: ${currencyUsdE8}`)
  let deepest = 0n
  for (const { depthUsdE8 } of pools) if (depthUsdE8 > deepest) deepest = depthUsdE8
  const counted = pools.filter(
    ({ depthUsdE8, usdE8 }) =>
      usdE8 > 0n && depthUsdE8 >= depthFloorUsdE8 && depthUsdE8 * shareOfDeepest >= deepest,
  )
  const toPeg = (usdE8: bigint) => (usdE8 * 100_000_000n + currencyUsdE8 / 2n) / currencyUsdE8
  const median = weightedMedian(counted)
  const poolsE8 = median === undefined ? undefined : toPeg(median)
  const feedE8 = coinFeed && !coinFeed.isStale && coinFeed.usdE8 > 0n ? toPeg(coinFeed.usdE8) : undefined
  const usesFeed = feedE8 !== undefined && (poolsE8 === undefined || distance(feedE8) > distance(poolsE8))
  const priceE8 = usesFeed ? feedE8 : poolsE8
  const deviationBps = priceE8 === undefined ? undefined : toDeviationBps(priceE8)
  const outside = deviationBps === undefined ? undefined : findBand(deviationBps)
  return {
    ...(priceE8 === undefined ? {} : { priceE8 }),
    ...(deviationBps === undefined ? {} : { deviationBps }),
    ...(outside === undefined ? {} : { outside }),
    from: usesFeed ? 'feed' : poolsE8 === undefined ? 'nothing' : 'pools',
    ...(poolsE8 === undefined ? {} : { poolsE8 }),
    ...(feedE8 === undefined ? {} : { feedE8 }),
    depthUsdE8: counted.reduce((sum, { depthUsdE8 }) => sum + depthUsdE8, 0n),
    counted: counted.map(({ poolId }) => poolId),
  }
}

/**
 * Lets a coin's own fresh feed decide what its pools say where the counter coin's feed has left its peg and the pools may not
 * have followed: a pool that still trades one to one says that both coins fell or that neither did. Without that, one coin's
 * feed would ring the alarms of every coin that is traded against it.
 */
export function settleByFeed(
  pools: readonly PoolPrice[],
  coinFeed: FeedPrice | undefined,
): readonly PoolPrice[] {
  if (!coinFeed || coinFeed.isStale) return pools
  const away = (usdE8: bigint) => (usdE8 > coinFeed.usdE8 ? usdE8 - coinFeed.usdE8 : coinFeed.usdE8 - usdE8)
  return pools.map((pool) =>
    pool.atParUsdE8 !== undefined && away(pool.atParUsdE8) < away(pool.usdE8)
      ? { ...pool, usdE8: pool.atParUsdE8 }
      : pool,
  )
}

/** Distance of a price (1e-8) from one, in hundredths of a percent, rounded away from zero. */
export function toDeviationBps(priceE8: bigint): number {
  const away = distance(priceE8)
  const bps = Number((away + 9_999n) / 10_000n)
  return priceE8 < 100_000_000n ? -bps : bps
}

/** The widest band that a deviation has left. */
export function findBand(deviationBps: number): PegBand | undefined {
  return pegBandsBps.findLast((band) => Math.abs(deviationBps) > band)
}

function distance(priceE8: bigint): bigint {
  return priceE8 > 100_000_000n ? priceE8 - 100_000_000n : 100_000_000n - priceE8
}

function weightedMedian(pools: readonly PoolPrice[]): bigint | undefined {
  const sorted = [...pools].sort((a, b) => (a.usdE8 < b.usdE8 ? -1 : a.usdE8 > b.usdE8 ? 1 : 0))
  const total = sorted.reduce((sum, { depthUsdE8 }) => sum + depthUsdE8, 0n)
  let reached = 0n
  for (const { usdE8, depthUsdE8 } of sorted) {
    reached += depthUsdE8
    if (reached * 2n >= total) return usdE8
  }
  return undefined
}
