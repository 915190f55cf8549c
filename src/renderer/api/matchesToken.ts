import type { Token } from '../../shared/identity/token.ts'

/** Whether a search finds a token: by symbol, name, currency, or the beginning of its address. */
export function matchesToken(token: Token, query: string): boolean {
  const needle = query.trim().toLowerCase()
  if (needle === '') return true
  return (
    token.symbol.toLowerCase().includes(needle) ||
    token.name.toLowerCase().includes(needle) ||
    (token.pegCurrency?.toLowerCase().includes(needle) ?? false) ||
    (needle.startsWith('0x') && token.ref.address.toLowerCase().startsWith(needle))
  )
}
