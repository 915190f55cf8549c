import type { Token } from '../../shared/identity/token.ts'
import { mulDivDown } from '../../shared/money/mulDiv.ts'
import { type AmountFormat, formatAmount } from '../design/formatAmount.ts'

/** Writes an amount as short as its size allows: cents for money, more digits for little; rounded as told. */
export function formatTokenAmount(
  units: bigint,
  token: Pick<Token, 'decimals' | 'symbol' | 'assetClass'>,
  locale: string,
  rounding: NonNullable<AmountFormat['rounding']>,
): string {
  return `${formatRounded(units, token, locale, rounding)} ${token.symbol}`
}

function formatRounded(
  units: bigint,
  { decimals, assetClass }: Pick<Token, 'decimals' | 'assetClass'>,
  locale: string,
  rounding: NonNullable<AmountFormat['rounding']>,
): string {
  const magnitude = units < 0n ? -units : units
  const one = 10n ** BigInt(decimals)
  const isMoney = assetClass === 'stablecoin'
  const maximumFractionDigits =
    magnitude >= 1_000n * one ? 2 : magnitude >= one ? (isMoney ? 2 : 4) : 'significant'
  return formatAmount(units, decimals, {
    locale,
    rounding,
    maximumFractionDigits: isMoney && magnitude * 100n >= one ? 2 : maximumFractionDigits,
    minimumFractionDigits: isMoney && decimals >= 2 ? 2 : 0,
  })
}

/** Hundredths of a percent as a percentage: "0.31%". */
export function formatBps(bps: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000)
}

/** Millionths as a percentage: "0.05%". */
export function formatPips(pips: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }).format(
    pips / 1_000_000,
  )
}

const rateDecimals = 36

/** What one whole `from` is in `to`, in six digits that tell something; rounded down. */
export function formatRate(
  fromUnits: bigint,
  from: Pick<Token, 'decimals'>,
  toUnits: bigint,
  to: Pick<Token, 'decimals'>,
  locale: string,
): string {
  if (fromUnits === 0n) return '–'
  const scaled = scaleRate(fromUnits, from, toUnits, to)
  const whole = scaled.toString().length - rateDecimals
  return formatAmount(scaled, rateDecimals, {
    locale,
    maximumFractionDigits: whole > 0 ? Math.max(2, 6 - whole) : Math.min(rateDecimals, 6 - whole),
  })
}

/** The same as one would type it. @throws RangeError where nothing is given. */
export function formatPlainRate(
  fromUnits: bigint,
  from: Pick<Token, 'decimals'>,
  toUnits: bigint,
  to: Pick<Token, 'decimals'>,
): string {
  return formatPlain(scaleRate(fromUnits, from, toUnits, to), rateDecimals, 'down')
}

function scaleRate(
  fromUnits: bigint,
  from: Pick<Token, 'decimals'>,
  toUnits: bigint,
  to: Pick<Token, 'decimals'>,
): bigint {
  return mulDivDown(
    toUnits * 10n ** BigInt(from.decimals),
    10n ** BigInt(rateDecimals),
    fromUnits * 10n ** BigInt(to.decimals),
  )
}

/** An amount as one would type it: no grouping, a full stop, at most eight digits after it that tell something; rounded as told. */
export function formatPlain(units: bigint, decimals: number, rounding: 'down' | 'up'): string {
  const digits = units.toString().length
  const kept = Math.min(decimals, digits > decimals ? 6 : decimals - digits + 6)
  const dropped = 10n ** BigInt(decimals - kept)
  const rounded = rounding === 'up' ? (units + dropped - 1n) / dropped : units / dropped
  const text = rounded.toString().padStart(kept + 1, '0')
  const fraction = text.slice(text.length - kept).replace(/0+$/, '')
  const whole = text.slice(0, text.length - kept)
  return kept === 0 || fraction === '' ? whole : `${whole}.${fraction}`
}
