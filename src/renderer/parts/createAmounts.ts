import { AppError } from '../../shared/errors/AppError.ts'
import type { TokenRef } from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'
import { formatUnits } from '../../shared/money/formatUnits.ts'
import { mulDivDown } from '../../shared/money/mulDiv.ts'
import {
  parseShown,
  type ShownAmount,
  toShown,
  toShownPrice,
  toTokenPrice,
  unscaled,
} from '../../shared/money/scaledAmount.ts'
import { type AmountFormat, formatAmount, formatExactAmount } from '../design/formatAmount.ts'
import { formatPlain, formatPlainRate, formatRate, formatTokenAmount } from './formatTokenAmount.ts'

/** What must be known of a token to write an amount of it. */
export type AmountToken = Pick<Token, 'ref' | 'decimals'>
type NamedToken = Pick<Token, 'ref' | 'decimals' | 'symbol'>

/**
 * Amounts of tokens between people and the rest of the app: shown and typed times the token's multiplier (ERC-8056), while everything
 * that crosses to other processes counts in the token's own units.
 */
export interface Amounts {
  /** In units of 10^-18; `unscaled` for nearly every token. */
  multiplierOf(token: TokenRef): bigint
  shown(units: bigint, token: AmountToken): ShownAmount
  /** As short as its size allows, with its symbol. */
  short(
    units: bigint,
    token: NamedToken & Pick<Token, 'assetClass'>,
    rounding: NonNullable<AmountFormat['rounding']>,
  ): string
  /** With every digit and its symbol. */
  exact(units: bigint, token: NamedToken): string
  /** As told, with its symbol. */
  write(units: bigint, token: NamedToken, format?: Omit<AmountFormat, 'locale'>): string
  /** As told, without it. */
  number(units: bigint, token: AmountToken, format?: Omit<AmountFormat, 'locale'>): string
  /** Every digit, without symbol and grouping, for files. */
  digits(units: bigint, token: AmountToken): string
  /** As one would type it. */
  plain(units: bigint, token: AmountToken, rounding: 'down' | 'up'): string
  /** What one of `from` is in `to`. */
  rate(fromUnits: bigint, from: AmountToken, toUnits: bigint, to: AmountToken): string
  /** A price as one would type it: what one of `base` is in `quote`, in six digits that tell something; rounded down. */
  plainRate(baseUnits: bigint, base: AmountToken, quoteUnits: bigint, quote: AmountToken): string
  /** What was typed, in the token's own units; `undefined` while it is no amount. */
  read(text: string, token: AmountToken | undefined): bigint | undefined
  /** Judges a typed amount; `balance` where more than that is a mistake. The services judge again; this only answers sooner. */
  check(text: string, token: AmountToken, balance?: bigint): AppError | undefined
  /** What was typed as the services take it; `up` for what is to be received. What is no number stays as it is, to be refused there. */
  toRequest(text: string, token: AmountToken, rounding?: 'down' | 'up'): string
  /** The price of one shown unit as the services take it: of one whole token, with at most so many digits after the point. */
  priceToRequest(text: string, base: AmountToken, quote: AmountToken, digits?: number): string
  /** The other way, as it was typed. */
  priceFromRequest(text: string, base: AmountToken, quote: AmountToken): string
  /** For drawing only: the power of ten between base unit and shown unit, which a multiplier makes no whole number. */
  drawnDecimals(token: AmountToken): number
  /** The price of one shown unit, from that of one whole token. */
  perShown<Price extends bigint>(price: Price, token: AmountToken): Price
}

export function createAmounts(locale: string, multiplierOf: (token: TokenRef) => bigint): Amounts {
  const shown = (units: bigint, { ref, decimals }: AmountToken) => toShown(units, decimals, multiplierOf(ref))
  const parse = (text: string, { ref, decimals }: AmountToken, rounding: 'down' | 'up') =>
    parseShown(text, decimals, multiplierOf(ref), rounding)
  const number: Amounts['number'] = (units, token, format = {}) => {
    const amount = shown(units, token)
    return formatAmount(amount.units, amount.decimals, { ...format, locale })
  }

  return {
    multiplierOf,
    shown,
    short(units, token, rounding) {
      const amount = shown(units, token)
      return formatTokenAmount(amount.units, { ...token, decimals: amount.decimals }, locale, rounding)
    },
    exact(units, token) {
      const amount = shown(units, token)
      return `${formatExactAmount(amount.units, amount.decimals, locale)} ${token.symbol}`
    },
    write: (units, token, format) => `${number(units, token, format)} ${token.symbol}`,
    number,
    digits(units, token) {
      const amount = shown(units, token)
      return formatUnits(amount.units, amount.decimals)
    },
    plain(units, token, rounding) {
      const amount = shown(units, token)
      return formatPlain(amount.units, amount.decimals, rounding)
    },
    rate(fromUnits, from, toUnits, to) {
      const [given, got] = [shown(fromUnits, from), shown(toUnits, to)]
      return formatRate(given.units, given, got.units, got, locale)
    },
    plainRate(baseUnits, base, quoteUnits, quote) {
      const [given, got] = [shown(baseUnits, base), shown(quoteUnits, quote)]
      return formatPlainRate(given.units, given, got.units, got)
    },
    read(text, token) {
      if (token === undefined || text.trim() === '') return undefined
      return withoutFailing(() => parse(text, token, 'down')).value
    },
    check(text, token, balance) {
      if (text === 'max') return balance === 0n ? new AppError('amount.overBalance') : undefined
      const { value, error } = withoutFailing(() => parse(text, token, 'down'))
      if (value === undefined || balance === undefined) return error
      if (value === 0n) return new AppError('amount.zero')
      return value > balance ? new AppError('amount.overBalance') : undefined
    },
    toRequest(text, token, rounding = 'down') {
      if (multiplierOf(token.ref) === unscaled) return text.trim()
      const { value } = withoutFailing(() => parse(text, token, rounding))
      return value === undefined ? text.trim() : formatUnits(value, token.decimals)
    },
    priceToRequest(text, base, quote, digits) {
      const typed = text.trim()
      const price = () => toTokenPrice(typed, multiplierOf(base.ref), multiplierOf(quote.ref), digits)
      return withoutFailing(price).value ?? typed
    },
    priceFromRequest: (text, base, quote) =>
      toShownPrice(text, multiplierOf(base.ref), multiplierOf(quote.ref)),
    drawnDecimals: ({ ref, decimals }) => decimals - Math.log10(Number(multiplierOf(ref)) / Number(unscaled)),
    perShown: <Price extends bigint>(price: Price, token: AmountToken) =>
      mulDivDown(price, unscaled, multiplierOf(token.ref)) as Price,
  }
}

function withoutFailing<Value>(make: () => Value): { readonly value?: Value; readonly error?: AppError } {
  try {
    return { value: make() }
  } catch (thrown) {
    if (thrown instanceof AppError) return { error: thrown }
    throw thrown
  }
}
