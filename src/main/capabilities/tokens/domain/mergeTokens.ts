import { tokenKey } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'

/** Both, without what the first has already. */
export function mergeTokens(first: readonly Token[], second: readonly Token[]): readonly Token[] {
  const known = new Set(first.map(({ ref }) => tokenKey(ref)))
  return [...first, ...second.filter(({ ref }) => !known.has(tokenKey(ref)))]
}
