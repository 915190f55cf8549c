import { useCallback } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Order, OrderLeg, OrderWaiting } from '../../../shared/contract/orders.ts'
import { formatAmount } from '../../design/formatAmount.ts'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { formatMoment, formatPrice, givenOf, receivedOf } from './formatOrder.ts'

/** Says why a part of an order is not filled yet. */
export function useWaitingText(
  nativeSymbol: string,
): (order: Order, leg: OrderLeg, waiting: OrderWaiting) => string {
  const t = useTranslations('orders.waiting')
  const locale = useLocale()
  const amounts = useAmounts()
  return useCallback(
    (order, leg, waiting) => {
      const given = givenOf(leg.side, order)
      const received = receivedOf(leg.side, order)
      const amount = (units: bigint, token = given) => amounts.short(units, token, 'down')
      const coin = (units: bigint) =>
        formatAmount(units, 18, { locale, rounding: 'up', maximumFractionDigits: 'significant' })
      switch (waiting.reason) {
        case 'priceAway':
          return t('priceAway', { distance: formatBps(waiting.distanceBps, locale) })
        case 'gasWouldEatGain':
          return t('gasWouldEatGain', {
            gain: amount(waiting.gain, received),
            fee: amount(waiting.fee, received),
          })
        case 'trigger': {
          const trigger = formatPrice(waiting.trigger, order, amounts)
          return waiting.distanceBps === undefined
            ? t('trigger', { trigger })
            : t('triggerAway', { trigger, distance: formatBps(waiting.distanceBps, locale) })
        }
        case 'slice':
          return t('slice', { time: formatMoment(waiting.atMs, locale) })
        case 'belowMinimumFill':
        case 'balance':
          return t(waiting.reason, { available: amount(waiting.available) })
        case 'feeTooHigh':
          return t('feeTooHigh', {
            fee: coin(waiting.fee),
            most: coin(waiting.maximumFee),
            coin: nativeSymbol,
          })
        case 'feeBalance':
          return t('feeBalance', { coin: nativeSymbol })
        default:
          return t(waiting.reason)
      }
    },
    [t, locale, amounts, nativeSymbol],
  )
}
