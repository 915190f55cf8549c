import type { Holding } from './selectHoldings.ts'
import type { Fiat } from './useFiat.ts'

export type PartKind = 'class' | 'account' | 'chain'

/** What one part of the whole is worth. */
export interface Part {
  readonly key: string
  /** In units of 10^-18 of the currency. */
  readonly value: bigint
}

export interface PortfolioSummary {
  readonly total: bigint
  /** Holdings of which it is known that nobody knows their price: the total is without them. */
  readonly unpriced: number
  /** Holdings whose price was not read yet: the total is without them, too. */
  readonly unread: number
  /** Larger parts first; parts that are worth nothing are left out. */
  readonly parts: Readonly<Record<PartKind, readonly Part[]>>
}

/** Adds up what holdings are worth, in all and by kind of asset, account and network. */
export function summarisePortfolio(
  holdings: readonly Holding[],
  fiat: Pick<Fiat, 'valueOf' | 'priceOf'>,
): PortfolioSummary {
  let total = 0n
  let unpriced = 0
  let unread = 0
  const sums: Record<PartKind, Map<string, bigint>> = {
    class: new Map(),
    account: new Map(),
    chain: new Map(),
  }
  const add = (kind: PartKind, key: string, value: bigint) =>
    sums[kind].set(key, (sums[kind].get(key) ?? 0n) + value)
  for (const { token, units, chainId, byAccount } of holdings) {
    if (units === 0n) continue
    const value = fiat.valueOf(units, token)
    if (value === undefined) {
      if (fiat.priceOf(token.ref)) unpriced += 1
      else unread += 1
      continue
    }
    total += value
    add('class', token.assetClass, value)
    add('chain', String(chainId), value)
    for (const own of byAccount) add('account', own.accountId, fiat.valueOf(own.units, token) ?? 0n)
  }
  const inOrder = (kind: PartKind): Part[] =>
    [...sums[kind]]
      .map(([key, value]) => ({ key, value }))
      .filter(({ value }) => value > 0n)
      .sort((a, b) => (a.value < b.value ? 1 : a.value > b.value ? -1 : 0))
  return {
    total,
    unpriced,
    unread,
    parts: { class: inOrder('class'), account: inOrder('account'), chain: inOrder('chain') },
  }
}
