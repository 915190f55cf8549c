import type { AssetPrice } from '../../../shared/contract/realWorldAssets.ts'
import { unscaled } from '../../../shared/money/scaledAmount.ts'
import type { AssetsDeps } from './AssetsDeps.ts'
import { judgeReference, measurePremium } from './domain/market/measurePremium.ts'
import { readMarketHours } from './domain/market/readMarketHours.ts'
import { planScaledReads, readScaledAmount } from './domain/market/scaledAmount.ts'
import { measurePeg } from './domain/peg/measurePeg.ts'
import type { RealWorldAssetEntry } from './domain/registry/AssetRegistry.ts'
import type { AssetMarket, ContractToken } from './openAssetMarket.ts'
import type { TokenMarket } from './readTokenMarket.ts'

export interface MeasuredAsset {
  readonly price: AssetPrice
  readonly market: TokenMarket | undefined
}

/** What an asset trades at on one chain at one block, against what it stands for. @throws AppError `chain.*` */
export async function measureAsset(
  deps: Pick<AssetsDeps, 'reader' | 'registry'>,
  assetMarket: AssetMarket,
  entry: RealWorldAssetEntry,
  token: ContractToken,
): Promise<MeasuredAsset> {
  const { block, feeds, chainId } = assetMarket
  const scaled = readScaledAmount(
    await deps.reader.call(chainId, planScaledReads(token.ref.address), block.number),
    block.timestampMs,
  )
  const reference = entry.reference && feeds.find(entry.reference.value)
  const multiplier = scaled?.multiplier ?? unscaled
  const worthUsdE8 = reference && (reference.usdE8 * multiplier) / unscaled
  const market = await assetMarket.readMarket(token, worthUsdE8)
  // The deep pools' median, as for a coin: its "peg" here is one dollar, so that the price comes out in dollars.
  const { poolsE8, depthUsdE8 } = measurePeg(market?.prices ?? [], undefined, 100_000_000n)
  const usdE8 = poolsE8 ?? thinPrice(market)
  const premium =
    usdE8 === undefined || !reference
      ? undefined
      : measurePremium({ tokenUsdE8: usdE8, referenceUsdE8: reference.usdE8, multiplier })
  const calendar = deps.registry.calendars.find(({ id }) => id === entry.market?.value)
  const hours = calendar && readMarketHours(calendar, block.timestampMs)
  return {
    market,
    price: {
      token,
      blockNumber: block.number,
      atMs: block.timestampMs,
      ...(usdE8 === undefined ? {} : { usdE8 }),
      depthUsdE8,
      ...(reference ? { reference } : {}),
      ...(worthUsdE8 === undefined ? {} : { fairUsdE8: premium?.fairUsdE8 ?? worthUsdE8 }),
      ...(premium ? { premiumBps: premium.bps } : {}),
      referenceState: judgeReference(reference, hours?.isOpen),
      ...(calendar && hours ? { market: { name: calendar.name, ...hours } } : {}),
      ...(scaled ? { multiplier: scaled.multiplier } : {}),
      ...(scaled?.scheduled ? { scheduledMultiplier: scaled.scheduled } : {}),
    },
  }
}

/** Most of these assets have one thin pool: its price is told, with a depth that says how little it means. */
function thinPrice(market: TokenMarket | undefined): bigint | undefined {
  return [...(market?.prices ?? [])].sort((a, b) => (a.depthUsdE8 < b.depthUsdE8 ? 1 : -1))[0]?.usdE8
}
