/** How an amount is written for people. */
export interface AmountFormat {
  readonly locale: string
  /** Digits after the separator that are kept at most; `significant` keeps four that tell something. */
  readonly maximumFractionDigits?: number | 'significant'
  /** Zeros that are kept so that columns line up. */
  readonly minimumFractionDigits?: number
  /** `down` for what somebody has or receives, `up` for what somebody pays. */
  readonly rounding?: 'down' | 'up'
}

export interface AmountParts {
  /** `<` where the amount is above zero and below the smallest amount that can be shown. */
  readonly prefix: '' | '<'
  readonly sign: '' | '−'
  readonly whole: string
  readonly fraction: string
  readonly separator: string
}

interface Separators {
  readonly group: string
  readonly decimal: string
}

const separatorsByLocale = new Map<string, Separators>()

function separatorsOf(locale: string): Separators {
  const known = separatorsByLocale.get(locale)
  if (known) return known
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1_234_567.5)
  const separators = {
    group: parts.find((part) => part.type === 'group')?.value ?? '',
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
  }
  separatorsByLocale.set(locale, separators)
  return separators
}

function groupThousands(digits: string, separator: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, separator)
}

/** Splits an amount into what a column needs. Digits come from the bigint alone; no step goes through a `number`. */
export function formatAmountParts(units: bigint, decimals: number, format: AmountFormat): AmountParts {
  const { group, decimal } = separatorsOf(format.locale)
  const magnitude = units < 0n ? -units : units
  const kept = Math.min(decimals, fractionDigitsFor(magnitude, decimals, format.maximumFractionDigits ?? 6))
  const dropped = 10n ** BigInt(decimals - kept)
  const isExact = magnitude % dropped === 0n
  const isBelow = format.rounding !== 'up' && magnitude > 0n && magnitude < dropped
  const rounded =
    isBelow || (format.rounding === 'up' && !isExact) ? magnitude / dropped + 1n : magnitude / dropped
  const digits = rounded.toString().padStart(kept + 1, '0')
  const whole = digits.slice(0, digits.length - kept)
  const minimum = Math.min(format.minimumFractionDigits ?? 0, kept)
  const fraction = digits
    .slice(digits.length - kept)
    .replace(/0+$/, '')
    .padEnd(minimum, '0')
  return {
    prefix: isBelow ? '<' : '',
    sign: units < 0n ? '−' : '',
    whole: groupThousands(whole, group),
    fraction,
    separator: fraction === '' ? '' : decimal,
  }
}

function fractionDigitsFor(magnitude: bigint, decimals: number, wanted: number | 'significant'): number {
  if (wanted !== 'significant') return wanted
  const digits = magnitude.toString().length
  return digits > decimals ? 6 : Math.max(6, decimals - digits + 4)
}

/** An amount by locale, rounded toward zero unless told otherwise: "1,234.5". */
export function formatAmount(units: bigint, decimals: number, format: AmountFormat): string {
  const { prefix, sign, whole, separator, fraction } = formatAmountParts(units, decimals, format)
  return `${prefix}${sign}${whole}${separator}${fraction}`
}

/** Every digit of an amount, grouped by locale. */
export function formatExactAmount(units: bigint, decimals: number, locale: string): string {
  return formatAmount(units, decimals, { locale, maximumFractionDigits: decimals })
}

/** A count such as a block number, grouped by locale. */
export function formatInteger(value: bigint, locale: string): string {
  return formatAmount(value, 0, { locale })
}

/** What a network takes, in its coin: rounded up, with the coin's symbol. */
export function formatFee(wei: bigint, symbol: string, locale: string): string {
  return `${formatAmount(wei, 18, { locale, rounding: 'up', maximumFractionDigits: 'significant' })} ${symbol}`
}
