export interface PaymentLine {
  readonly recipient: string
  readonly amount: string
}

export type ParsedPayments =
  | { readonly payments: readonly PaymentLine[] }
  /** Number of the first line that names no recipient and amount, from 1. */
  | { readonly badLine: number }

/** Reads one payment a line, as a table is pasted: who, then how much, with a comma, semicolon, tab or space between. Empty lines count for nothing. */
export function parsePayments(text: string): ParsedPayments {
  const payments: PaymentLine[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    const match = /^([^\s,;]+)\s*[\s,;]\s*([^\s,;]+)$/.exec(trimmed)
    if (!match?.[1] || !match[2]) return { badLine: index + 1 }
    payments.push({ recipient: match[1], amount: match[2] })
  }
  return { payments }
}
