import { formatAmount } from './formatAmount.ts'

/** US dollars from units of 1e-8, in cents, or with more digits below ten; rounded down. */
export function formatUsd(usdE8: bigint, locale: string): string {
  const magnitude = usdE8 < 0n ? -usdE8 : usdE8
  return `${formatAmount(usdE8, 8, {
    locale,
    maximumFractionDigits: magnitude < 100_000_000n ? 6 : magnitude < 1_000_000_000n ? 4 : 2,
    minimumFractionDigits: 2,
  })} USD`
}

/** A distance in hundredths of a percent with its sign: "−0.80%". */
export function formatSignedBps(bps: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  }).format(bps / 10_000)
}
