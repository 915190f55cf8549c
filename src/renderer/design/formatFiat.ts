const formats = new Map<string, Intl.NumberFormat>()

function formatOf(currency: string, locale: string, digits: number | undefined): Intl.NumberFormat {
  const key = `${locale} ${currency} ${digits}`
  const known = formats.get(key)
  if (known) return known
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  })
  formats.set(key, format)
  return format
}

const unit = 10n ** 18n

export interface FiatFormat {
  readonly currency: string
  readonly locale: string
  /** A price of one piece keeps four digits that tell something, however small it is. */
  readonly isPrice?: boolean
  readonly isChange?: boolean
}

/** Money in units of 10^-18 by locale, rounded half up to what the currency has; a trace above zero is "< 0.01". */
export function formatFiat(
  value: bigint,
  { currency, locale, isPrice = false, isChange = false }: FiatFormat,
): string {
  const magnitude = value < 0n ? -value : value
  const usual = formatOf(currency, locale, undefined).resolvedOptions().maximumFractionDigits ?? 2
  const digits =
    isPrice && magnitude > 0n && magnitude < unit ? Math.min(18, 22 - magnitude.toString().length) : usual
  const step = 10n ** BigInt(18 - digits)
  const isTrace = magnitude > 0n && magnitude * 2n < step
  const rounded = isTrace ? 1n : (magnitude + step / 2n) / step
  const text = rounded.toString().padStart(digits + 1, '0')
  const decimal =
    digits === 0 ? text : `${text.slice(0, text.length - digits)}.${text.slice(text.length - digits)}`
  const shown = formatOf(currency, locale, digits === usual ? undefined : digits).format(
    decimal as `${number}`,
  )
  const sign = value < 0n ? '−' : isChange && value > 0n ? '+' : ''
  return `${isTrace ? '< ' : ''}${sign}${shown}`
}
