import type { AssetGap, RealWorldAssetReport } from '../../../shared/contract/realWorldAssets.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { mulDivUp } from '../../../shared/money/mulDiv.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { quoteOutput } from '../swaps/index.ts'
import type { AssetsDeps } from './AssetsDeps.ts'
import { decodeVault, planVaultReads } from './domain/issuer/issuerReads.ts'
import { findGap, perYear } from './domain/market/findGap.ts'
import type { RealWorldAssetEntry } from './domain/registry/AssetRegistry.ts'
import type { RegistryIndex } from './domain/registry/indexRegistry.ts'
import { findMoney } from './findExits.ts'
import type { MeasuredAsset } from './measureAsset.ts'
import type { AssetMarket, ContractToken } from './openAssetMarket.ts'

/** For which a gap is computed: 1,000 whole units of money. */
const gapSize = 1_000n
/** Of a deposit or redemption and a swap together, by measurement on the local chain. */
const redemptionGas = 450_000n
/** Of the request that comes first where the issuer answers later. */
const requestGas = 150_000n
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

  /** Whether buying here and redeeming there, or the reverse, leaves anything after its cost. */
  async function findAgainstVault(
    market: AssetMarket,
    { market: own }: MeasuredAsset,
    entry: Pick<RealWorldAssetEntry, 'redemptionDelay'>,
    token: ContractToken,
    vault: VaultTerms,
  ): Promise<RealWorldAssetReport['gap']> {
    const money = vault.asset
    const { address } = money.ref
    if (!own || address === 'native' || vault.assetsPerShare === 0n) return undefined
    const spend = gapSize * 10n ** BigInt(money.decimals)
    const oneShare = 10n ** BigInt(token.decimals)
    const shares = await quoteOutput(deps.search, own.market, address, token.ref.address, spend)
    const minted = (spend * oneShare) / vault.assetsPerShare
    const sold = await quoteOutput(deps.search, own.market, token.ref.address, address, minted)
    const gas = await priceGas(market, money, redemptionGas)
    const asking = await priceGas(market, money, requestGas)
    if (shares === undefined || sold === undefined || gas === undefined || asking === undefined) {
      return undefined
    }
    const redeemed = (shares * vault.assetsPerShare) / oneShare
    const way = (direction: 'buyAndRedeem' | 'depositAndSell', returned: bigint, isOnRequest: boolean) => ({
      direction,
      isOnRequest,
      ...findGap({ spend, returned, gas: isOnRequest ? gas + asking : gas }),
    })
    const ways = [
      way('buyAndRedeem', redeemed, vault.isAsynchronous),
      way('depositAndSell', sold, vault.isDepositAsynchronous),
    ]
    const { isOnRequest, ...best } = ways.reduce((a, b) => (b.result > a.result ? b : a))
    const days = best.direction === 'buyAndRedeem' ? entry.redemptionDelay?.value : undefined
    return {
      ...best,
      money,
      spend: baseUnits(spend),
      ...(isOnRequest ? { wait: describeWait(best.resultBps, days) } : {}),
    }
  }

  return {
    findAgainstVault,

    /** The same for an asset whose contract is a vault, where something is left. */
    async findThroughIssuer(
      market: AssetMarket,
      measured: MeasuredAsset,
      entry: RealWorldAssetEntry,
      token: ContractToken,
    ): Promise<AssetGap | undefined> {
      const { premiumBps } = measured.price
      if (!measured.market || premiumBps === undefined) return undefined
      const reads = planVaultReads(token.ref.address, 10n ** BigInt(token.decimals), undefined)
      const { vault } = decodeVault(await deps.reader.call(market.chainId, reads, market.block.number))
      if (!vault) return undefined
      const terms = { ...vault, asset: await market.resolve(vault.asset) }
      const gap = await findAgainstVault(market, measured, entry, token, terms)
      if (!gap || gap.result <= 0n) return undefined
      const { direction, ...rest } = gap
      const { usdE8 = 0n, fairUsdE8 = 0n } = measured.price
      const [paid, got] = direction === 'buyAndRedeem' ? [usdE8, fairUsdE8] : [fairUsdE8, usdE8]
      if (paid === 0n) return undefined
      // What is lost against trading at the pools' price, to the unit and for nothing.
      const cost = (gap.spend * got) / paid - gap.spend - gap.result
      return {
        token,
        premiumBps,
        roundTripBps: cost <= 0n ? 0 : Number(mulDivUp(cost, wholeBps, gap.spend)),
        closing: direction,
        ...rest,
      }
    },

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
        closing: 'priceReturn',
        money,
        spend: baseUnits(spend),
        result,
        resultBps,
      }
    },
  }
}

/** What a vault gives for a share, and whether it answers at once. */
export interface VaultTerms {
  readonly asset: Token
  readonly assetsPerShare: bigint
  readonly isAsynchronous: boolean
  readonly isDepositAsynchronous: boolean
}

function describeWait(resultBps: number, days: number | undefined): AssetGap['wait'] {
  if (days === undefined) return {}
  return { days, ...(days > 0 ? { yearlyBps: perYear(resultBps, days) } : {}) }
}
