import { useCallback } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { OrderPreview, OrderTerms } from '../../../shared/contract/orders.ts'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { formatPrice, givenOf, receivedOf } from './formatOrder.ts'

/** Says in one sentence what an order will do to the user's money. */
export function useOrderSentence(): (terms: OrderTerms, preview: OrderPreview) => string {
  const t = useTranslations('orders.preview')
  const locale = useLocale()
  const amounts = useAmounts()
  return useCallback(
    (terms, preview) => {
      const isSale = preview.side === 'sell'
      const size = amounts.short(preview.size, givenOf(preview.side, preview), 'up')
      const least = amounts.short(preview.minimumReceived, receivedOf(preview.side, preview), 'down')
      const typed = (price: string) =>
        `${amounts.priceFromRequest(price, preview.base, preview.quote)} ${preview.quote.symbol}`
      switch (terms.type) {
        case 'limit':
          return t(isSale ? 'limit' : 'limitBuy', {
            size,
            least,
            price: formatPrice(preview.worstPrice, preview, amounts),
          })
        case 'market':
          return t(isSale ? 'market' : 'marketBuy', { size, least })
        case 'stop':
        case 'takeProfit':
          return t(isSale ? 'stop' : 'stopBuy', { size, least, trigger: typed(terms.trigger) })
        case 'trailingStop':
          return t(isSale ? 'trailing' : 'trailingBuy', {
            size,
            least,
            distance: formatBps(terms.distanceBps, locale),
          })
        case 'schedule':
          return t(isSale ? 'schedule' : 'scheduleBuy', {
            size,
            least,
            slices: String(terms.slices),
            slice: amounts.short(
              preview.schedule?.sliceSize ?? preview.size,
              givenOf(preview.side, preview),
              'up',
            ),
          })
        case 'oneCancelsOther':
          return t(isSale ? 'oneCancelsOther' : 'oneCancelsOtherBuy', {
            size,
            price: typed(terms.price),
            trigger: typed(terms.trigger),
          })
        case 'bracket':
          return t('bracket', {
            size,
            least,
            price: typed(terms.price),
            takeProfit: typed(terms.takeProfit),
            stopLoss: typed(terms.stopLoss),
          })
      }
    },
    [t, locale, amounts],
  )
}
