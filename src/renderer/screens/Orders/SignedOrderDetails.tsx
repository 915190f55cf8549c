import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { SignedOrder } from '../../../shared/contract/signedOrders.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Address } from '../../design/Address.tsx'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { WaitingForApproval } from '../../parts/WaitingForApproval.tsx'
import { FillSignedOrder } from './FillSignedOrder.tsx'
import { formatMoment } from './formatOrder.ts'
import styles from './OrderDetails.module.css'
import { ShareOrderDialog } from './ShareOrderDialog.tsx'
import { isLive } from './SignedOrderList.tsx'
import { useSignedStateText } from './useSignedStateText.ts'

interface SignedOrderDetailsProps {
  readonly order: SignedOrder
  readonly accounts: readonly Account[]
  readonly nativeSymbol: string
  readonly onViewActivity: (activityId: string) => void
  readonly onClose: () => void
}

/** One signed order: what it says, where it stands, and what can be done: fill it, give it to somebody, or end it. */
export function SignedOrderDetails(props: SignedOrderDetailsProps) {
  const { order, accounts, nativeSymbol, onViewActivity, onClose } = props
  const t = useTranslations('orders.signed')
  const to = useTranslations('orders')
  const ta = useTranslations('approval.order')
  const locale = useLocale()
  const amounts = useAmounts()
  const errorText = useErrorText()
  const stateText = useSignedStateText()
  const allowing = useAction(mainApi().offers.allow)
  const cancelling = useAction(mainApi().offers.cancel)
  const removing = useAction(mainApi().offers.remove)
  const [isSharing, setSharing] = useState(false)
  const { give, receive, accountId, state, expiresAtMs } = order
  const own = accounts.find(({ id }) => id === accountId)
  const lacksAllowance = state.kind === 'unfunded' && state.limit === 'allowance'
  const error = allowing.error ?? cancelling.error ?? removing.error
  if (allowing.isPending || cancelling.isPending) return <WaitingForApproval />
  return (
    <div className={styles.details}>
      <Button size="small" variant="quiet" onClick={onClose}>
        {to('list.back')}
      </Button>
      <h2 className={styles.title}>
        {t('line', {
          give: amounts.short(give.units, give.token, 'down'),
          receive: amounts.short(receive.units, receive.token, 'up'),
        })}
      </h2>
      <Notice tone={state.kind === 'fillable' ? 'info' : 'caution'} role="status">
        {stateText(order)}
      </Notice>
      <Facts
        rows={[
          {
            term: t('maker'),
            detail: <Address address={order.maker} name={own?.name} nameFrom="account" />,
            isWide: true,
          },
          {
            term: to('facts.worst'),
            detail: `${amounts.rate(give.units, give.token, receive.units, receive.token)} ${receive.token.symbol}`,
          },
          {
            term: to('facts.filled'),
            detail: amounts.short(order.filled, give.token, 'down'),
          },
          { term: ta('fills'), detail: ta(order.fills) },
          { term: ta('taker'), detail: order.onlyFor ?? ta('anybody') },
          {
            term: to('facts.until'),
            detail: expiresAtMs === undefined ? ta('noEnd') : formatMoment(expiresAtMs, locale),
          },
          ...(order.alternativesId === undefined
            ? []
            : [{ term: t('alternatives'), detail: t('alternativesText'), isWide: true }]),
        ]}
      />
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      {accountId === undefined && state.kind === 'fillable' && (
        <FillSignedOrder
          key={order.id}
          order={order}
          accounts={accounts}
          nativeSymbol={nativeSymbol}
          onViewActivity={onViewActivity}
        />
      )}
      <div className={styles.actions}>
        {own && lacksAllowance && (
          <Button variant="primary" onClick={() => void allowing.run({ id: order.id })}>
            {t('allow', { token: give.token.symbol })}
          </Button>
        )}
        {isLive(order) && (
          <Button variant={own && !lacksAllowance ? 'primary' : 'secondary'} onClick={() => setSharing(true)}>
            {t('share')}
          </Button>
        )}
        {own && isLive(order) && !order.isCancelling && (
          <>
            <Button variant="danger" onClick={() => void cancelling.run({ id: order.id })}>
              {t('cancel')}
            </Button>
            <p className={styles.note}>{t('cancelHint')}</p>
          </>
        )}
        {(!own || !isLive(order)) && (
          <Button
            variant="quiet"
            isBusy={removing.isPending}
            onClick={async () => {
              if ((await removing.run({ id: order.id })).ok) onClose()
            }}
          >
            {t('remove')}
          </Button>
        )}
      </div>
      {isSharing && <ShareOrderDialog order={order} onClose={() => setSharing(false)} />}
    </div>
  )
}
