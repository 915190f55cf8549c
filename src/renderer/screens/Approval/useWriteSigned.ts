import { useCallback } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Token } from '../../../shared/identity/token.ts'
import { unscaled } from '../../../shared/money/scaledAmount.ts'
import { formatExactAmount } from '../../design/formatAmount.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'

/**
 * Writes an amount that is signed: with every digit, in the token's own units, because those are what the signer read. Where the rest of
 * the app shows it multiplied, that stands behind it.
 */
export function useWriteSigned(): (units: bigint, of: Token) => string {
  const t = useTranslations('approval')
  const locale = useLocale()
  const amounts = useAmounts()
  return useCallback(
    (units, of) => {
      const amount = `${formatExactAmount(units, of.decimals, locale)} ${of.symbol}`
      if (amounts.multiplierOf(of.ref) === unscaled) return amount
      return t('shownAs', {
        amount,
        shown: amounts.number(units, of, { maximumFractionDigits: of.decimals }),
      })
    },
    [t, locale, amounts],
  )
}
