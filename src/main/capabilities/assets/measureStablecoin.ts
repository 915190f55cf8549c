import type { PegReading } from '../../../shared/contract/stablecoins.ts'
import { measurePeg, settleByFeed } from './domain/peg/measurePeg.ts'
import type { StablecoinEntry } from './domain/registry/AssetRegistry.ts'
import type { AssetMarket, ContractToken } from './openAssetMarket.ts'
import type { TokenMarket } from './readTokenMarket.ts'

export interface MeasuredStablecoin {
  readonly reading: PegReading
  readonly market: TokenMarket | undefined
}

/** The peg of a coin on one chain at one block. @throws AppError `chain.*` */
export async function measureStablecoin(
  assetMarket: AssetMarket,
  entry: StablecoinEntry,
  token: ContractToken,
): Promise<MeasuredStablecoin> {
  const { block, feeds } = assetMarket
  const currency = feeds.ofCurrency(entry.currency)
  const base = { token, blockNumber: block.number, atMs: block.timestampMs }
  if (!currency) {
    // Without a price of the currency there is no peg to measure against.
    return { reading: { ...base, from: 'nothing', depthUsdE8: 0n, pools: [] }, market: undefined }
  }
  const market = await assetMarket.readMarket(token, currency.usdE8)
  const feed = feeds.find(`${entry.symbol} / USD`)
  const prices = settleByFeed(market?.prices ?? [], feed)
  const peg = measurePeg(prices, feed, currency.usdE8)
  return {
    market,
    reading: {
      ...base,
      ...(peg.priceE8 === undefined ? {} : { priceE8: peg.priceE8 }),
      ...(peg.deviationBps === undefined ? {} : { deviationBps: peg.deviationBps }),
      ...(peg.outside === undefined ? {} : { outside: peg.outside }),
      from: peg.from,
      ...(peg.poolsE8 === undefined ? {} : { poolsE8: peg.poolsE8 }),
      ...(feed ? { feed } : {}),
      ...(currency.feed ? { currencyFeed: currency.feed } : {}),
      depthUsdE8: peg.depthUsdE8,
      pools: prices.map(({ venue, poolId, counterSymbol, usdE8, depthUsdE8 }) => ({
        venue,
        poolId,
        counter: counterSymbol,
        usdE8,
        depthUsdE8,
        counts: peg.counted.includes(poolId),
      })),
    },
  }
}
