import { useTranslations } from 'use-intl'
import type { NoRoute } from '../../../shared/contract/swaps.ts'
import { Button } from '../../design/Button.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'

interface NoRouteNoticeProps {
  readonly answer: NoRoute
  /** Lifts the limits that the user set on routes, where there are any. */
  readonly onLift: (() => void) | undefined
}

/** Why there is no way to trade, and what to do instead. */
export function NoRouteNotice({
  answer: { reason, sell, buy, token, redeemsFor },
  onLift,
}: NoRouteNoticeProps) {
  const t = useTranslations('swap.noRoute')
  return (
    <EmptyState title={t('title')}>
      {t(reason, {
        sell: sell.symbol,
        buy: buy.symbol,
        token: (token ?? buy).symbol,
      })}
      {redeemsFor && (
        <>
          <br />
          {t('redeems', { sell: sell.symbol, asset: redeemsFor.symbol })}
        </>
      )}
      {onLift && (
        <>
          <br />
          {t('limited')}
          <br />
          <Button size="small" onClick={onLift}>
            {t('lift')}
          </Button>
        </>
      )}
    </EmptyState>
  )
}
