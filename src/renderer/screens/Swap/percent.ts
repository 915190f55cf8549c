const percentPattern = /^\d{1,3}(?:\.\d{0,2})?$/

/** Reads a typed percentage as hundredths of a percent; `undefined` when it is none or is above the maximum. */
export function parsePercent(text: string, maximumBps: number): number | undefined {
  const trimmed = text.trim().replace(/\s*[%％]$/, '')
  if (!percentPattern.test(trimmed)) return undefined
  const [whole = '0', fraction = ''] = trimmed.split('.')
  const bps = Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
  return bps <= maximumBps ? bps : undefined
}

/** Hundredths of a percent as one would type them: "0.5". */
export function formatPlainPercent(bps: number): string {
  return String(bps / 100)
}
