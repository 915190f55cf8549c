import { useTranslations } from 'use-intl'
import type { NoRoute } from '../../../shared/contract/swaps.ts'
import { EmptyState } from '../../design/EmptyState.tsx'

/** Why there is no way to trade, and what to do instead. */
export function NoRouteNotice({ answer: { reason, sell, buy, token } }: { readonly answer: NoRoute }) {
  const t = useTranslations('swap.noRoute')
  return (
    <EmptyState title={t('title')}>
      {t(reason, {
        sell: sell.symbol,
        buy: buy.symbol,
        token: (token ?? buy).symbol,
      })}
    </EmptyState>
  )
}
