import { useTranslations } from 'use-intl'
import type { SignedOrder, SignedOrderId } from '../../../shared/contract/signedOrders.ts'
import { shortenAddress } from '../../api/shortenAddress.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { Badge } from '../../design/Badge.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './OrderList.module.css'
import { useSignedStateText } from './useSignedStateText.ts'

interface SignedOrderListProps {
  readonly label: string
  readonly orders: readonly SignedOrder[]
  readonly selectedId: SignedOrderId | undefined
  readonly onSelect: (order: SignedOrder) => void
}

/** Whether an order can still be filled, perhaps by and by. */
export function isLive({ state }: SignedOrder): boolean {
  return !['expired', 'filled', 'cancelled', 'usedUp', 'badSignature', 'unsupported'].includes(state.kind)
}

/** Signed orders, one a line: whose it is, what it gives for what, and whether it can be filled. */
export function SignedOrderList({ label, orders, selectedId, onSelect }: SignedOrderListProps) {
  const t = useTranslations('orders.signed')
  const amounts = useAmounts()
  const stateText = useSignedStateText()
  const accounts = useAccounts()
  return (
    <ul className={styles.list} aria-label={label}>
      {orders.map((order) => {
        const { give, receive } = order
        const own = accounts.find(({ id }) => id === order.accountId)
        return (
          <li key={order.id}>
            <button
              type="button"
              className={styles.line}
              aria-pressed={order.id === selectedId}
              onClick={() => onSelect(order)}
            >
              <TokenMark symbol={give.token.symbol} assetClass={give.token.assetClass} />
              <span className={styles.what}>
                <span className={styles.title}>
                  {t('line', {
                    give: amounts.short(give.units, give.token, 'down'),
                    receive: amounts.short(receive.units, receive.token, 'up'),
                  })}
                </span>
                <span className={styles.note}>{stateText(order)}</span>
              </span>
              <span className={styles.price}>
                <span>
                  {amounts.rate(give.units, give.token, receive.units, receive.token)} {receive.token.symbol}
                </span>
                <span className={styles.note}>
                  {own ? t('by', { name: own.name }) : t('from', { name: shortenAddress(order.maker) })}
                </span>
              </span>
              <span className={styles.state}>
                <Badge
                  tone={order.state.kind === 'fillable' ? 'safe' : isLive(order) ? 'caution' : 'neutral'}
                >
                  {t(isLive(order) ? (order.state.kind === 'fillable' ? 'ready' : 'notNow') : 'over')}
                </Badge>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
