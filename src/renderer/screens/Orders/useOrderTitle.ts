import { useTranslations } from 'use-intl'
import type { Order } from '../../../shared/contract/orders.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { givenOf } from './formatOrder.ts'

/** What an order does, in a line: "Sell 0.5 WETH for USDC". */
export function useOrderTitle(): (order: Order) => string {
  const t = useTranslations('orders.list')
  const amounts = useAmounts()
  return (order) => {
    const amount = amounts.short(order.size, givenOf(order.side, order), 'up')
    return order.side === 'sell'
      ? t('sellOf', { amount, quote: order.quote.symbol })
      : t('buyOf', { amount, base: order.base.symbol })
  }
}
