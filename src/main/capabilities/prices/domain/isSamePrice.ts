import type { FiatRate, TokenPrice } from '../../../../shared/contract/prices.ts'

/** Whether two prices say the same to the user; when they were read, and what every pool said exactly, may differ. */
export function isSamePrice(a: TokenPrice, b: TokenPrice): boolean {
  if (a.sources.length !== b.sources.length) return false
  if (a.sources.some(({ refused }, index) => refused !== b.sources[index]?.refused)) return false
  if (a.state === 'known' && b.state === 'known') {
    return a.usd === b.usd && a.confidence === b.confidence && a.disagreementBps === b.disagreementBps
  }
  return a.state === 'unknown' && b.state === 'unknown' && a.reason === b.reason
}

/** Whether two rates of a currency are the same but for their time. */
export function isSameRate(a: FiatRate, b: FiatRate): boolean {
  return a.usd === b.usd && a.confidence === b.confidence && a.source === b.source
}
