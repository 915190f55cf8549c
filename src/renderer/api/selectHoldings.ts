import type { Portfolio } from '../../shared/contract/portfolio.ts'
import type { AccountId, ChainId } from '../../shared/identity/identity.ts'
import { tokenKey } from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'

/** What the chosen accounts hold of one token on one chain. */
export interface Holding {
  readonly key: string
  readonly token: Token
  readonly chainId: ChainId
  readonly units: bigint
  readonly blockNumber: bigint
  readonly byAccount: readonly { readonly accountId: AccountId; readonly units: bigint }[]
}

/** Adds up the balances of one account, or of all, by token: kinds in their order, larger amounts of a currency first. */
export function selectHoldings(portfolio: Portfolio, accountId: AccountId | undefined): Holding[] {
  const holdings = new Map<string, Holding>()
  for (const chain of portfolio.chains) {
    for (const balance of chain.balances) {
      if (accountId !== undefined && balance.accountId !== accountId) continue
      const key = tokenKey(balance.token.ref)
      const known = holdings.get(key)
      holdings.set(key, {
        key,
        token: balance.token,
        chainId: chain.chainId,
        blockNumber: chain.blockNumber,
        units: (known?.units ?? 0n) + balance.units,
        byAccount: [...(known?.byAccount ?? []), { accountId: balance.accountId, units: balance.units }],
      })
    }
  }
  return [...holdings.values()].sort(compareHoldings)
}

const classOrder = ['coin', 'stablecoin', 'rwa', 'token']

/** Orders by kind, listed tokens before claimed ones, then currency, then amount in shown units, then symbol. */
function compareHoldings(a: Holding, b: Holding): number {
  const kind = classOrder.indexOf(a.token.assetClass) - classOrder.indexOf(b.token.assetClass)
  if (kind !== 0) return kind
  const claim = Number(a.token.source === 'contract') - Number(b.token.source === 'contract')
  if (claim !== 0) return claim
  const currency = comparePeg(a.token.pegCurrency, b.token.pegCurrency)
  if (currency !== 0) return currency
  const left = a.units * 10n ** BigInt(b.token.decimals)
  const right = b.units * 10n ** BigInt(a.token.decimals)
  if (left !== right) return left > right ? -1 : 1
  return a.token.symbol.localeCompare(b.token.symbol, 'en') || a.key.localeCompare(b.key, 'en')
}

function comparePeg(a: string | undefined, b: string | undefined): number {
  return (a ?? '').localeCompare(b ?? '', 'en')
}
