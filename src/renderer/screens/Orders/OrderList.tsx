import { useLocale, useTranslations } from 'use-intl'
import type { Order, OrderId } from '../../../shared/contract/orders.ts'
import { Badge } from '../../design/Badge.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { filledPercent, formatMoment, formatPrice } from './formatOrder.ts'
import styles from './OrderList.module.css'
import { useOrderTitle } from './useOrderTitle.ts'
import { useWaitingText } from './useWaitingText.ts'

interface OrderListProps {
  readonly label: string
  readonly orders: readonly Order[]
  readonly selectedId: OrderId | undefined
  readonly nativeSymbolOf: (order: Order) => string
  readonly onSelect: (order: Order) => void
}

/** Orders, one a line: what each does, how far it is, and why it is not further. */
export function OrderList({ label, orders, selectedId, nativeSymbolOf, onSelect }: OrderListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
      {orders.map((order) => (
        <li key={order.id}>
          <OrderLine
            order={order}
            isSelected={order.id === selectedId}
            nativeSymbol={nativeSymbolOf(order)}
            onSelect={() => onSelect(order)}
          />
        </li>
      ))}
    </ul>
  )
}

interface OrderLineProps {
  readonly order: Order
  readonly isSelected: boolean
  readonly nativeSymbol: string
  readonly onSelect: () => void
}

const tones = {
  open: 'neutral',
  filled: 'safe',
  cancelled: 'neutral',
  expired: 'neutral',
  ended: 'caution',
} as const

function OrderLine({ order, isSelected, nativeSymbol, onSelect }: OrderLineProps) {
  const t = useTranslations('orders')
  const locale = useLocale()
  const amounts = useAmounts()
  const waitingText = useWaitingText(nativeSymbol)
  const titleOf = useOrderTitle()
  const leg = order.legs.find(({ waiting }) => waiting !== undefined)
  const percent = filledPercent(order)
  return (
    <button type="button" className={styles.line} aria-pressed={isSelected} onClick={onSelect}>
      <TokenMark symbol={order.base.symbol} assetClass={order.base.assetClass} />
      <span className={styles.what}>
        <span className={styles.title}>{titleOf(order)}</span>
        <span className={styles.note}>
          {order.status === 'open'
            ? leg?.waiting
              ? waitingText(order, leg, leg.waiting)
              : t('waiting.nextBlock')
            : formatMoment(order.endedAtMs ?? order.createdAtMs, locale)}
        </span>
      </span>
      <span className={styles.price}>
        <span>{formatPrice(order.worstPrice, order, amounts)}</span>
        <span className={styles.note}>{t(`types.${order.terms.type}`)}</span>
      </span>
      <span className={styles.state}>
        <Badge tone={tones[order.status]}>{t(`status.${order.status}`)}</Badge>
        {percent > 0 && percent < 100 && (
          <span className={styles.note}>
            {t('list.filledPart', {
              percent: new Intl.NumberFormat(locale, { style: 'percent' }).format(percent / 100),
            })}
          </span>
        )}
      </span>
    </button>
  )
}
