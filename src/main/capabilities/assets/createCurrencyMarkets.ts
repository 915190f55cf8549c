import type { FeedReading } from '../../../shared/contract/assets.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { ignoreUnknownToken } from '../tokens/index.ts'
import type { AssetsDeps } from './AssetsDeps.ts'
import type { StablecoinEntry } from './domain/registry/AssetRegistry.ts'
import type { RegistryIndex } from './domain/registry/indexRegistry.ts'
import { measureStablecoin } from './measureStablecoin.ts'
import { type AssetMarket, type ContractToken, openAssetMarket } from './openAssetMarket.ts'

/** A stablecoin and what its market says of it now. */
export interface MeasuredCoin {
  readonly token: ContractToken
  readonly currency: string
  /** In 1e-8 of its own currency; absent where nothing deep enough and nothing fresh prices it. */
  readonly priceE8: bigint | undefined
  /** From its peg, in hundredths of a percent. */
  readonly deviationBps: number | undefined
  readonly depthUsdE8: bigint
}

/** The currencies and stablecoins of one chain at one block. */
export interface CurrencyMarket {
  /** One whole unit of a currency in 1e-8 US dollars; `undefined` where no feed prices it. */
  ofCurrency(currency: string): { readonly usdE8: bigint; readonly feed?: FeedReading } | undefined
  /** All coins of a currency that are known on the chain. @throws AppError `chain.*` */
  measureCoins(currency: string): Promise<readonly MeasuredCoin[]>
  /** `undefined` for what the registry does not know as a stablecoin. @throws AppError `token.unknown`, `chain.*` */
  measureCoin(address: Address): Promise<MeasuredCoin | undefined>
  /** One whole token in 1e-8 US dollars: by its feed, or a stablecoin without one as its currency. */
  usdOf(token: Token): bigint | undefined
}

/** Opens chains to everything that pays or counts in currencies. @throws AppError `chain.*` */
export function createCurrencyMarkets(deps: AssetsDeps, index: RegistryIndex) {
  return {
    async open(chainId: ChainId): Promise<CurrencyMarket> {
      const market = await openAssetMarket(deps, index, chainId)
      const { feeds, venues } = market
      return {
        ofCurrency: feeds.ofCurrency,
        async measureCoins(currency) {
          const coins = index.listCoins(chainId).filter(({ entry }) => entry.currency === currency)
          const measured: MeasuredCoin[] = []
          for (const { entry, deployment } of coins) {
            const token = await market.resolve(deployment.address).catch(ignoreUnknownToken)
            if (token) measured.push(await measure(market, entry, token))
          }
          return measured
        },
        async measureCoin(address) {
          const found = index.findCoin({ chainId, address })
          return found && measure(market, found.entry, await market.resolve(address))
        },
        usdOf(token) {
          const currency = index.findCoin(token.ref)?.entry.currency
          return (
            feeds.ofToken(token, venues?.wrappedNative) ??
            (currency === undefined ? undefined : feeds.ofCurrency(currency)?.usdE8)
          )
        },
      }
    },
  }
}

async function measure(
  market: AssetMarket,
  entry: StablecoinEntry,
  token: ContractToken,
): Promise<MeasuredCoin> {
  const { reading } = await measureStablecoin(market, entry, token)
  return {
    token,
    currency: entry.currency,
    priceE8: reading.priceE8,
    deviationBps: reading.deviationBps,
    depthUsdE8: reading.depthUsdE8,
  }
}
