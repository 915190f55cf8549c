import type { PriceSource, TokenPrice } from '../../../../shared/contract/prices.ts'
import type { SwapVenue } from '../../../../shared/contract/swaps.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { type UsdE18, usdE18 } from '../../../../shared/money/units.ts'
import { decidePrice, type PoolWitness } from './decidePrice.ts'

/** A token as pools and vaults know it: its contract's address in lower case; the coin goes by its wrapped form. */
export type AssetId = string

/** A pool's settled and present price of `base` in `quote`, each in base units of quote per 10^36 base units of base. */
export interface PoolPrice {
  readonly base: AssetId
  readonly quote: AssetId
  readonly venue: SwapVenue
  readonly fork?: string
  readonly id: string
  readonly spot: bigint
  readonly settledSpot: bigint
  readonly isMoved: boolean
  readonly isWatched: boolean
  /** In base units of the quote token. */
  readonly depth: bigint
}

export const spotScale = 10n ** 36n

export interface ChainEvidence {
  readonly asOfMs: number
  /** Every token to be priced, the connectors among them. */
  readonly tokens: readonly { readonly id: AssetId; readonly token: Token }[]
  readonly feeds: ReadonlyMap<AssetId, readonly Extract<PriceSource, { kind: 'feed' }>[]>
  readonly pools: readonly PoolPrice[]
  /** What one whole share redeems for, in base units of the asset times 10^6. */
  readonly redemptions: ReadonlyMap<AssetId, { readonly asset: AssetId; readonly assetsE6: bigint }>
}

/** From a token to a connector, from there to one with a feed, and a share of what that gives. */
const rounds = 3

/**
 * Prices every token of a chain. Begins with what feeds say and carries it on through the pools: a token's price in dollars is
 * its price in a connector times the connector's own. Nothing is assumed of any stablecoin.
 */
export function priceChain(evidence: ChainEvidence): Map<AssetId, TokenPrice> {
  const byId = new Map(evidence.tokens.map(({ id, token }) => [id, token]))
  const usd = new Map<AssetId, UsdE18>()
  for (const [id, feeds] of evidence.feeds) {
    const direct = feeds.find((feed) => feed.measures === 'token' && !feed.refused && feed.usd)?.usd
    if (direct) usd.set(id, direct)
  }
  let prices = new Map<AssetId, TokenPrice>()
  for (let round = 0; round < rounds; round += 1) {
    prices = new Map(
      evidence.tokens.map(({ id, token }) => [
        id,
        decidePrice({
          token: token.ref,
          isListed: token.source !== 'contract',
          asOfMs: evidence.asOfMs,
          feeds: evidence.feeds.get(id) ?? [],
          redemption: redemptionOf(id, evidence, byId, usd),
          pools: evidence.pools
            .filter(({ base }) => base === id)
            .flatMap((pool) => witness(pool, token, byId, usd)),
        }),
      ]),
    )
    usd.clear()
    for (const [id, price] of prices) if (price.state === 'known') usd.set(id, price.usd)
  }
  return prices
}

function witness(
  pool: PoolPrice,
  token: Token,
  tokens: ReadonlyMap<AssetId, Token>,
  usd: ReadonlyMap<AssetId, UsdE18>,
): PoolWitness[] {
  const quote = tokens.get(pool.quote)
  const quoteUsd = usd.get(pool.quote)
  if (!quote || !quoteUsd) return []
  const whole = 10n ** BigInt(token.decimals)
  const perQuote = 10n ** BigInt(quote.decimals)
  const inUsd = (spot: bigint) => usdE18((spot * whole * quoteUsd) / (spotScale * perQuote))
  return [
    {
      source: {
        kind: 'pool',
        venue: pool.venue,
        ...(pool.fork === undefined ? {} : { fork: pool.fork }),
        id: pool.id,
        quoteSymbol: quote.symbol,
        depthUsd: usdE18((pool.depth * quoteUsd) / perQuote),
      },
      usd: inUsd(pool.spot),
      settledUsd: inUsd(pool.settledSpot),
      isMoved: pool.isMoved,
      isWatched: pool.isWatched,
    },
  ]
}

function redemptionOf(
  id: AssetId,
  evidence: ChainEvidence,
  tokens: ReadonlyMap<AssetId, Token>,
  usd: ReadonlyMap<AssetId, UsdE18>,
): Extract<PriceSource, { kind: 'redemption' }> | undefined {
  const vault = evidence.redemptions.get(id)
  const asset = vault && tokens.get(vault.asset)
  const assetUsd = vault && usd.get(vault.asset)
  if (!vault || !asset || !assetUsd) return undefined
  const whole = 10n ** BigInt(asset.decimals + 6)
  return {
    kind: 'redemption',
    assetSymbol: asset.symbol,
    usd: usdE18((vault.assetsE6 * assetUsd) / whole),
  }
}
