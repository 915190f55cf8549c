import type { ChainBalances } from '../../../../shared/contract/portfolio.ts'
import { tokenKey } from '../../../../shared/identity/identity.ts'

/** Whether two readings show the same to the user; their blocks may differ. */
export function isSameBalances(a: ChainBalances | undefined, b: ChainBalances | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return (
    a.balances.length === b.balances.length &&
    a.balances.every((balance, index) => {
      const other = b.balances[index]
      return (
        other !== undefined &&
        balance.accountId === other.accountId &&
        balance.units === other.units &&
        tokenKey(balance.token.ref) === tokenKey(other.token.ref) &&
        balance.token.symbol === other.token.symbol &&
        balance.token.decimals === other.token.decimals
      )
    })
  )
}
