import type { ChainBalances } from '../../../shared/contract/portfolio.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import type { BalanceReading } from './domain/BalanceReading.ts'

export type { BalanceReading, RawBalance } from './domain/BalanceReading.ts'

export interface BalanceQuery {
  readonly chainId: ChainId
  readonly holders: readonly Address[]
  /** Token contracts; the native coin is always read. */
  readonly tokens: readonly Address[]
}

export interface BalanceReader {
  /** Reads all at one block. @throws AppError `chain.*` */
  readBalances(query: BalanceQuery): Promise<BalanceReading>
}

/** Last known balances, for the first paint and for chains that are down. */
export interface BalanceStore {
  readAll(): readonly ChainBalances[]
  write(balances: ChainBalances): void
}
