import type { FeedReading } from '../../../shared/contract/assets.ts'
import type { SwapOffer, SwapRequest } from '../../../shared/contract/swaps.ts'
import type { Recipient } from '../../../shared/contract/transfers.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'

/** A coin and what its market says of it now. */
export interface MeasuredCoin {
  readonly token: Token & { readonly ref: { readonly address: Address } }
  readonly currency: string
  /** In 1e-8 of its own currency. */
  readonly priceE8: bigint | undefined
  readonly deviationBps: number | undefined
  readonly depthUsdE8: bigint
}

/** Currencies and coins of one chain at one block. */
export interface CurrencyMarket {
  /** One whole unit of a currency in 1e-8 US dollars, with its feed; nothing where no feed prices it. */
  ofCurrency(currency: string): { readonly usdE8: bigint; readonly feed?: FeedReading } | undefined
  /** Coins that follow a currency, measured. @throws AppError `chain.*` */
  measureCoins(currency: string): Promise<readonly MeasuredCoin[]>
  /** @throws AppError `token.unknown`, `chain.*` */
  measureCoin(address: Address): Promise<MeasuredCoin | undefined>
  /** One whole token in 1e-8 US dollars, by feed or as a stablecoin at par. */
  usdOf(token: Token): bigint | undefined
}

export interface CurrencyMarkets {
  /** @throws AppError `chain.*` */
  open(chainId: ChainId): Promise<CurrencyMarket>
}

export interface PaymentSwaps {
  /** @throws AppError `swap.*`, `amount.*`, `asset.transferRefused`, `chain.*` */
  quote(request: SwapRequest): Promise<SwapOffer>
}

export interface PaymentRecipients {
  /** @throws AppError `address.*`, `chain.*` */
  resolve(chainId: ChainId, text: string): Promise<Recipient>
}

/** What a coin's own rules say. */
export interface PaymentGuard {
  /** @throws AppError `asset.transferRefused` with the rule, `chain.*` */
  refuseForbidden(
    chainId: ChainId,
    moves: readonly {
      readonly token: Token
      readonly from: Address
      readonly to: Address
      readonly units: bigint
    }[],
  ): Promise<void>
}
