import type { ReactNode } from 'react'
import { useLocale } from 'use-intl'
import type { Token } from '../../../shared/identity/token.ts'
import { formatExactAmount } from '../../design/formatAmount.ts'

/** Shows an amount with every digit that it has. */
export function useExactAmount(): (units: bigint, of: Token) => ReactNode {
  const locale = useLocale()
  return (units, of) => (
    <strong>
      {formatExactAmount(units, of.decimals, locale)} {of.symbol}
    </strong>
  )
}
