import { formatUnits } from '../../../shared/money/formatUnits.ts'
import type { Holding } from '../../api/selectHoldings.ts'
import type { Amounts } from '../../parts/createAmounts.ts'

type ValueOf = (units: bigint, token: Holding['token']) => bigint | undefined

/** One unit of the user's currency, in units of 10^-18 of it. */
export const leastValue = 10n ** 18n

/** Worth less than one unit of the currency. What has no price is not known to be small, and stays. */
export const isSmall = (value: bigint | undefined): boolean => value !== undefined && value < leastValue

/** What is worth most first; what has no price after all that has one, in the order that it came. */
export function sortByValue(holdings: readonly Holding[], worthOf: ValueOf): Holding[] {
  return holdings
    .map((holding) => ({ holding, value: worthOf(holding.units, holding.token) ?? -1n }))
    .sort((a, b) => (a.value < b.value ? 1 : a.value > b.value ? -1 : 0))
    .map(({ holding }) => holding)
}

export interface PortfolioCsvContext {
  readonly currency: string
  readonly amounts: Pick<Amounts, 'digits'>
  readonly worthOf: ValueOf
  chainName(chainId: Holding['chainId']): string
}

/** One row for each holding, exact. */
export function toPortfolioRows(
  holdings: readonly Holding[],
  { currency, amounts, worthOf, chainName }: PortfolioCsvContext,
): string[][] {
  return [
    ['Asset', 'Symbol', 'Network', 'Contract', 'Amount', `Value (${currency})`],
    ...holdings.map(({ token, chainId, units }) => {
      const value = worthOf(units, token)
      return [
        token.name,
        token.symbol,
        chainName(chainId),
        token.ref.address === 'native' ? '' : token.ref.address,
        amounts.digits(units, token),
        value === undefined ? '' : formatUnits(value, 18),
      ]
    }),
  ]
}
