import type { AssetGap, RealWorldAssetReport } from '../../../shared/contract/realWorldAssets.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { mulDivUp } from '../../../shared/money/mulDiv.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { quoteOutput } from '../swaps/index.ts'
import type { AssetsDeps } from './AssetsDeps.ts'
import { findGap } from './domain/market/findGap.ts'
import type { RegistryIndex } from './domain/registry/indexRegistry.ts'
import { findMoney } from './findExits.ts'
import type { MeasuredAsset } from './measureAsset.ts'
import type { AssetMarket, ContractToken } from './openAssetMarket.ts'

/** For which a gap is computed: 1,000 whole units of money. */
const gapSize = 1_000n
/** Of a deposit or redemption and a swap together, by measurement on the local chain. */
const redemptionGas = 450_000n
/** Of a swap there and one back, by the same measure. */
const roundTripGas = 400_000n
const wholeBps = 10_000n

/** Distances between an asset's price and its worth that are wider than the cost of closing them: information, never a promise. */
export function createGapFinder(deps: AssetsDeps, index: RegistryIndex) {
  /** Gas in base units of the money, rounded up; nothing where no feed prices the coin. */
  async function priceGas({ chainId, feeds }: AssetMarket, money: Token, gas: bigint) {
    const coin = deps.chains.getEnabled(chainId).nativeToken
    const coinUsdE8 = feeds.ofToken(coin, undefined)
    const moneyUsdE8 = feeds.ofToken(money, undefined) ?? 100_000_000n
    if (coinUsdE8 === undefined) return undefined
    const wei = gas * (await deps.reader.readGasPrice(chainId))
    return mulDivUp(wei * coinUsdE8, 10n ** BigInt(money.decimals), moneyUsdE8 * 10n ** BigInt(coin.decimals))
  }

  return {
    /**
     * An asset that trades further from its reference than buying and selling it costs. The result is what is left when the price
     * comes back to the reference; nothing says that it will.
     */
    async findAgainstReference(
      market: AssetMarket,
      { market: own, price }: MeasuredAsset,
      token: ContractToken,
    ): Promise<AssetGap | undefined> {
      const { premiumBps } = price
      const money = own && (await findMoney(market, index, token.ref.address))
      if (!own || !money || premiumBps === undefined || price.referenceState === 'unknown') return undefined
      const spend = gapSize * 10n ** BigInt(money.decimals)
      const bought = await quoteOutput(deps.search, own.market, money.ref.address, token.ref.address, spend)
      const back =
        bought && (await quoteOutput(deps.search, own.market, token.ref.address, money.ref.address, bought))
      const gas = await priceGas(market, money, roundTripGas)
      if (back === undefined || gas === undefined) return undefined
      const cost = (spend > back ? spend - back : 0n) + gas
      const gained = (spend * BigInt(Math.abs(premiumBps))) / wholeBps
      const { result, resultBps } = findGap({ spend, returned: spend + gained, gas: cost })
      if (result <= 0n) return undefined
      return {
        token,
        premiumBps,
        roundTripBps: Number((cost * wholeBps + spend - 1n) / spend),
        money,
        spend: baseUnits(spend),
        result,
        resultBps,
      }
    },

    /** Whether buying here and redeeming there, or the reverse, leaves anything after its cost. */
    async findAgainstVault(
      market: AssetMarket,
      { market: own }: MeasuredAsset,
      token: ContractToken,
      vault: NonNullable<RealWorldAssetReport['vault']>,
    ): Promise<RealWorldAssetReport['gap']> {
      const money = vault.asset
      const { address } = money.ref
      if (!own || address === 'native') return undefined
      const spend = gapSize * 10n ** BigInt(money.decimals)
      const oneShare = 10n ** BigInt(token.decimals)
      const shares = await quoteOutput(deps.search, own.market, address, token.ref.address, spend)
      const minted = (spend * oneShare) / vault.assetsPerShare
      const sold = await quoteOutput(deps.search, own.market, token.ref.address, address, minted)
      const gas = await priceGas(market, money, redemptionGas)
      if (shares === undefined || sold === undefined || gas === undefined) return undefined
      const redeemed = (shares * vault.assetsPerShare) / oneShare
      const ways = [
        { direction: 'buyAndRedeem' as const, ...findGap({ spend, returned: redeemed, gas }) },
        { direction: 'depositAndSell' as const, ...findGap({ spend, returned: sold, gas }) },
      ]
      const best = ways.reduce((a, b) => (b.result > a.result ? b : a))
      return { ...best, money, spend: baseUnits(spend) }
    },
  }
}
