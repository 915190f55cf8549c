import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Order, OrderFill } from '../../../shared/contract/orders.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatFee } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { WaitingForApproval } from '../../parts/WaitingForApproval.tsx'
import { EditOrderDialog } from './EditOrderDialog.tsx'
import { formatMoment, formatPrice, givenOf, receivedOf } from './formatOrder.ts'
import styles from './OrderDetails.module.css'
import { useOrderTitle } from './useOrderTitle.ts'
import { useWaitingText } from './useWaitingText.ts'

interface OrderDetailsProps {
  readonly order: Order
  readonly accountName: string
  readonly nativeSymbol: string
  readonly onViewActivity: (activityId: string) => void
  readonly onClose: () => void
}

/** One order: where each of its parts stands, what was filled, and what can still be done with it. */
export function OrderDetails({
  order,
  accountName,
  nativeSymbol,
  onViewActivity,
  onClose,
}: OrderDetailsProps) {
  const t = useTranslations('orders')
  const locale = useLocale()
  const amounts = useAmounts()
  const errorText = useErrorText()
  const waitingText = useWaitingText(nativeSymbol)
  const cancelling = useAction(mainApi().orders.cancel)
  const renewing = useAction(mainApi().orders.renew)
  const titleOf = useOrderTitle()
  const [isEditing, setEditing] = useState(false)
  const [isRenewalRejected, setRenewalRejected] = useState(false)
  const given = givenOf(order.side, order)
  const received = receivedOf(order.side, order)
  const isOpen = order.status === 'open'
  const lacksRule = order.legs.some(({ waiting }) => waiting?.reason === 'ruleEnded')
  const renew = async () => {
    const result = await renewing.run({ orderId: order.id })
    setRenewalRejected(result.ok && result.value.status === 'rejected')
  }
  if (renewing.isPending) return <WaitingForApproval />
  return (
    <div className={styles.details}>
      <Button size="small" variant="quiet" onClick={onClose}>
        {t('list.back')}
      </Button>
      <h2 className={styles.title}>{titleOf(order)}</h2>
      {order.endedBecause && <Notice tone="info">{t(`endedBecause.${order.endedBecause}`)}</Notice>}
      {isOpen &&
        order.legs.map((leg) => (
          <div key={leg.id} className={styles.leg}>
            <span className={styles.role}>{t(`roles.${leg.role}`)}</span>
            <span>
              {leg.waiting
                ? waitingText(order, leg, leg.waiting)
                : leg.state === 'ended'
                  ? t('status.ended')
                  : t('waiting.nextBlock')}
            </span>
          </div>
        ))}
      {isOpen && lacksRule && (
        <div className={styles.actions}>
          {renewing.error && (
            <Notice tone="attention" role="alert">
              {errorText(renewing.error)}
            </Notice>
          )}
          {isRenewalRejected && (
            <Notice tone="info" role="status">
              {t('renewalRejected')}
            </Notice>
          )}
          <Button variant="primary" onClick={() => void renew()}>
            {t('renew')}
          </Button>
        </div>
      )}
      <Facts
        rows={[
          { term: t('account'), detail: accountName },
          { term: t('type'), detail: t(`types.${order.terms.type}`) },
          { term: t('facts.worst'), detail: formatPrice(order.worstPrice, order, amounts) },
          { term: t('facts.filled'), detail: amounts.short(order.filledSold, given, 'down') },
          {
            term: t('facts.received'),
            detail: amounts.short(order.filledBought, received, 'down'),
          },
          { term: t('facts.created'), detail: formatMoment(order.createdAtMs, locale) },
          order.endedAtMs === undefined
            ? { term: t('facts.until'), detail: formatMoment(order.expiresAtMs, locale) }
            : { term: t('facts.ended'), detail: formatMoment(order.endedAtMs, locale) },
          { term: t('facts.sending'), detail: t(`sending.${order.sending}`), isWide: true },
        ]}
      />
      <section aria-label={t('fills.title')} className={styles.fills}>
        <h3 className={styles.role}>{t('fills.title')}</h3>
        {order.fills.length === 0 && <p className={styles.note}>{t('fills.none')}</p>}
        <ul className={styles.list}>
          {order.fills.map((fill) => (
            <li key={fill.id}>
              <Fill order={order} fill={fill} nativeSymbol={nativeSymbol} onView={onViewActivity} />
            </li>
          ))}
        </ul>
      </section>
      {isOpen && (
        <div className={styles.actions}>
          {cancelling.error && (
            <Notice tone="attention" role="alert">
              {errorText(cancelling.error)}
            </Notice>
          )}
          {order.legs.length === 1 && order.terms.type !== 'schedule' && (
            <Button onClick={() => setEditing(true)}>{t('edit.open')}</Button>
          )}
          <Button
            variant="danger"
            isBusy={cancelling.isPending}
            onClick={() => void cancelling.run({ orderId: order.id })}
          >
            {t('cancel')}
          </Button>
          <p className={styles.note}>{t('cancelHint')}</p>
        </div>
      )}
      {isEditing && <EditOrderDialog order={order} onClose={() => setEditing(false)} />}
    </div>
  )
}

interface FillProps {
  readonly order: Order
  readonly fill: OrderFill
  readonly nativeSymbol: string
  readonly onView: (activityId: string) => void
}

function Fill({ order, fill, nativeSymbol, onView }: FillProps) {
  const t = useTranslations('orders.fills')
  const locale = useLocale()
  const amounts = useAmounts()
  const side = order.legs.find(({ id }) => id === fill.legId)?.side ?? order.side
  const received = receivedOf(side, order)
  return (
    <div className={styles.fill}>
      <p>
        {t('sentence', {
          sold: amounts.short(fill.sold, givenOf(side, order), 'up'),
          bought: amounts.short(fill.bought, received, 'down'),
        })}
      </p>
      <p className={styles.note}>
        {formatMoment(fill.atMs, locale)}
        {' · '}
        {t('fee', {
          amount: formatFee(fill.fee, nativeSymbol, locale),
        })}
      </p>
      {fill.improvement !== undefined && fill.improvement > 0n && (
        <p className={styles.gain}>
          {t('improvement', { amount: amounts.short(fill.improvement, received, 'down') })}
        </p>
      )}
      <Button size="small" variant="quiet" onClick={() => onView(fill.activityId)}>
        {t('view')}
      </Button>
    </div>
  )
}
