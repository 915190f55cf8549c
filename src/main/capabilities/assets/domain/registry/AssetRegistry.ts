import type { Address, ChainId } from '../../../../../shared/identity/identity.ts'

/** Where something is said. */
export interface ClaimSource {
  readonly title: string
  readonly url?: string
}

/** One statement about an asset with its source and the day to which it refers (`YYYY-MM-DD`). */
export interface Claim<Value = string> {
  readonly value: Value
  readonly source: ClaimSource
  readonly asOf: string
}

/** A regulator's view of an asset. */
export interface Regulation {
  readonly kind: string
  readonly regulator: string
  readonly country?: string
}

export interface IssuerPowers {
  /** The read that tells whether an address is frozen; `none` where nobody can freeze. */
  readonly freeze?: Claim
  readonly pause?: Claim
  readonly deprecated?: Claim
}

export interface AssetPartition {
  readonly id: bigint
  /** What the issuer calls it: a tranche, a series. */
  readonly name: string
}

/** The contract of an asset on one chain. */
export interface AssetDeployment {
  readonly chainId: ChainId
  readonly address: Address
  /** Whether the address was confirmed by the contract's own metadata when the registry was made. */
  readonly confirmed: boolean
  /** Of an asset in partitions with rules of their own (ERC-7518). */
  readonly partitions?: readonly AssetPartition[]
  readonly source: ClaimSource
  readonly asOf: string
}

/** An older contract of the same name, of which the user must be warned. */
export interface SupersededContract {
  readonly chainId: ChainId
  /** All that is known of the address: at least its first four bytes. */
  readonly addressPrefix: string
  readonly kind: string
  readonly source: ClaimSource
  readonly asOf: string
}

interface AssetBase {
  readonly id: string
  readonly symbol: string
  readonly name: string
  readonly issuer?: Claim
  readonly backing?: Claim
  readonly redemption?: Claim
  readonly powers: IssuerPowers
  readonly deployments: readonly AssetDeployment[]
}

export interface StablecoinEntry extends AssetBase {
  /** The currency that the coin follows, by its ISO 4217 code (CNH for the offshore renminbi). */
  readonly currency: string
  readonly regulation: readonly Claim<Regulation>[]
  readonly superseded: readonly SupersededContract[]
}

export const assetKinds = ['treasury', 'fund', 'equity', 'commodity', 'realEstate', 'credit'] as const
export type AssetKind = (typeof assetKinds)[number]

export interface RealWorldAssetEntry extends AssetBase {
  readonly kind: AssetKind
  readonly standard?: Claim
  readonly whoMayHold?: Claim
  /** Days from the request to the money, where the issuer redeems on request. */
  readonly redemptionDelay?: Claim<number>
  /** Identifier (ISO 10383) of the market that the underlying trades on. */
  readonly market?: Claim
  /** Whether it is a security or a commodity, and who says so. */
  readonly classification?: Claim<{ readonly status: string; readonly regulator: string }>
  /** Description of the feed that prices one unit of the underlying in US dollars. */
  readonly reference?: Claim
}

/** A Chainlink-style feed of one unit of `base` in US dollars. Believed only where its contract describes itself so. */
export interface FeedEntry {
  readonly chainId: ChainId
  readonly base: string
  readonly description: string
  readonly address: Address
  readonly source: ClaimSource
}

/** Opening hours of a market in its own time zone. */
export interface MarketCalendar {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  /** `HH:MM`, local. */
  readonly open: string
  readonly close: string
  /** 1 is Monday. */
  readonly weekdays: readonly number[]
  /** Local days, `YYYY-MM-DD`. */
  readonly holidays: readonly string[]
  readonly earlyCloses: readonly { readonly date: string; readonly close: string }[]
  /** Holidays are known for these days alone. */
  readonly knownFrom: string
  readonly knownUntil: string
  readonly source: ClaimSource
  readonly asOf: string
}

/** All that is known of assets by data. */
export interface AssetRegistry {
  readonly stablecoins: readonly StablecoinEntry[]
  readonly realWorldAssets: readonly RealWorldAssetEntry[]
  readonly feeds: readonly FeedEntry[]
  readonly calendars: readonly MarketCalendar[]
  /** Files of the user that could not be read, and why. */
  readonly problems: readonly { readonly file: string; readonly reason: string }[]
}
