import type { AssetWarning } from '../../../shared/contract/assets.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { AssetsDeps } from './AssetsDeps.ts'
import { checkTransfer } from './checkTransfer.ts'
import type { RegistryIndex } from './domain/registry/indexRegistry.ts'
import { measureAsset } from './measureAsset.ts'
import { measureStablecoin } from './measureStablecoin.ts'
import { openAssetMarket } from './openAssetMarket.ts'

export interface AssetMove {
  readonly token: Token
  readonly from: Address
  readonly to: Address
  readonly units: bigint
}

/** Looks at stablecoins and real-world assets before they are traded or sent. */
export interface AssetGuard {
  /** @throws AppError `asset.transferRefused` with the rule, `chain.*` */
  refuseForbidden(chainId: ChainId, moves: readonly AssetMove[]): Promise<void>
  /** What should be known before these are sent, or `traded` units of them sold or bought. @throws AppError `chain.*` */
  listWarnings(
    chainId: ChainId,
    concerned: readonly { readonly token: Token; readonly traded?: bigint }[],
  ): Promise<readonly AssetWarning[]>
}

const offPegBps = 100
const premiumBps = 200

export function createTransferGuard(deps: AssetsDeps, index: RegistryIndex): AssetGuard {
  const concerns = ({ ref, assetClass }: Token) =>
    ref.address !== 'native' &&
    (assetClass === 'stablecoin' ||
      assetClass === 'rwa' ||
      index.findCoin(ref) !== undefined ||
      index.findAsset(ref) !== undefined)

  async function warnOf(chainId: ChainId, token: Token, traded = 0n): Promise<AssetWarning[]> {
    const { address } = token.ref
    if (address === 'native') return []
    if (index.isSuperseded(token.ref)) return ['superseded']
    const coin = index.findCoin(token.ref)
    const asset = index.findAsset(token.ref)
    if (!coin && !asset) return []
    const market = await openAssetMarket(deps, index, chainId)
    const known = { ...token, ref: { chainId, address } }
    if (coin) {
      const { reading } = await measureStablecoin(market, coin.entry, known)
      const { pools } = reading
      const worth = worthOf(traded, token, market.feeds.ofCurrency(coin.entry.currency)?.usdE8)
      return [
        ...(Math.abs(reading.deviationBps ?? 0) > offPegBps ? (['offPeg'] as const) : []),
        ...(worth > sumDepth(pools) ? (['thinDepth'] as const) : []),
      ]
    }
    if (!asset) return []
    const { price, market: own } = await measureAsset(deps, market, asset.entry, known)
    return [
      ...(Math.abs(price.premiumBps ?? 0) > premiumBps ? (['premium'] as const) : []),
      ...(price.referenceState === 'marketClosed' || price.referenceState === 'drifting'
        ? (['referenceResting'] as const)
        : []),
      ...(price.scheduledMultiplier ? (['multiplierChanges'] as const) : []),
      ...(worthOf(traded, token, price.usdE8 ?? price.fairUsdE8) > sumDepth(own?.prices ?? [])
        ? (['thinDepth'] as const)
        : []),
    ]
  }

  return {
    async refuseForbidden(chainId, moves) {
      const concerned = moves.filter(({ token }) => concerns(token))
      if (concerned.length === 0) return
      const block = await deps.pools.readBlock(chainId)
      for (const { token, from, to, units } of concerned) {
        if (token.ref.address === 'native') continue
        const transfer = { token: token.ref.address, from, to, units }
        const refusal = await checkTransfer(deps.reader, chainId, transfer, block.number)
        if (refusal) {
          throw new AppError('asset.transferRefused', {
            rule: refusal.rule,
            symbol: token.symbol,
            words: refusal.words ?? 'none',
          })
        }
      }
    },

    async listWarnings(chainId, concerned) {
      const warnings = await Promise.all(
        concerned
          .filter(({ token }) => concerns(token))
          .map(({ token, traded }) => warnOf(chainId, token, traded)),
      )
      return [...new Set(warnings.flat())]
    },
  }
}

/** In 1e-8 US dollars, rounded down; of what nobody prices nothing. */
function worthOf(units: bigint, { decimals }: Token, usdE8: bigint | undefined): bigint {
  return (units * (usdE8 ?? 0n)) / 10n ** BigInt(decimals)
}

/** Of all pools: one that is too thin to set a price still takes a trade that is small enough. */
function sumDepth(pools: readonly { readonly depthUsdE8: bigint }[]): bigint {
  return pools.reduce((sum, { depthUsdE8 }) => sum + depthUsdE8, 0n)
}
