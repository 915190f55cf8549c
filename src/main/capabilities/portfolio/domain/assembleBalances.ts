import type { Balance, ChainBalances } from '../../../../shared/contract/portfolio.ts'
import type { Account } from '../../../../shared/contract/vault.ts'
import type { ChainId } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import type { BalanceReading } from './BalanceReading.ts'

/**
 * Joins what was read with accounts and tokens, in the accounts' and the tokens' order. Zero balances are left out, except the native coin's:
 * an account without any should still be seen.
 */
export function assembleBalances(
  chainId: ChainId,
  reading: BalanceReading,
  accounts: readonly Account[],
  tokens: readonly Token[],
): ChainBalances {
  const unitsOf = new Map<string, bigint>()
  for (const { holder, token, units } of reading.balances) unitsOf.set(keyOf(holder, token), units)
  const balances: Balance[] = []
  for (const account of accounts) {
    for (const token of tokens) {
      const units = unitsOf.get(keyOf(account.address, token.ref.address))
      // Missing is not zero: a contract that did not answer leaves no balance behind.
      if (units === undefined || (units === 0n && token.ref.address !== 'native')) continue
      balances.push({ accountId: account.id, token, units: baseUnits(units) })
    }
  }
  return {
    chainId,
    blockNumber: reading.blockNumber,
    blockTimestampMs: reading.blockTimestampMs,
    balances,
  }
}

function keyOf(holder: string, token: string): string {
  return `${holder}:${token}`.toLowerCase()
}
