import { useCallback } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { OrderPreview, OrderTerms } from '../../../shared/contract/orders.ts'
import { formatBps, formatTokenAmount } from '../../parts/formatTokenAmount.ts'
import { formatPrice, givenOf, receivedOf } from './formatOrder.ts'

/** Says in one sentence what an order will do to the user's money. */
export function useOrderSentence(): (terms: OrderTerms, preview: OrderPreview) => string {
  const t = useTranslations('orders.preview')
  const locale = useLocale()
  return useCallback(
    (terms, preview) => {
      const isSale = preview.side === 'sell'
      const size = formatTokenAmount(preview.size, givenOf(preview.side, preview), locale, 'up')
      const least = formatTokenAmount(
        preview.minimumReceived,
        receivedOf(preview.side, preview),
        locale,
        'down',
      )
      const typed = (price: string) => `${price} ${preview.quote.symbol}`
      switch (terms.type) {
        case 'limit':
          return t(isSale ? 'limit' : 'limitBuy', {
            size,
            least,
            price: formatPrice(preview.worstPrice, preview, locale),
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
            slice: formatTokenAmount(
              preview.schedule?.sliceSize ?? preview.size,
              givenOf(preview.side, preview),
              locale,
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
    [t, locale],
  )
}
