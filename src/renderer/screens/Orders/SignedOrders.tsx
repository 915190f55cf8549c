import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SignedOrder, SignedOrderId } from '../../../shared/contract/signedOrders.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { ImportOrderDialog } from './ImportOrderDialog.tsx'
import styles from './OrdersScreen.module.css'
import { isLive, SignedOrderList } from './SignedOrderList.tsx'

interface SignedOrdersProps {
  readonly orders: readonly SignedOrder[]
  readonly selectedId: SignedOrderId | undefined
  readonly onSelect: (id: SignedOrderId) => void
}

/** Orders between people: those the user signed, and those he was given. */
export function SignedOrders({ orders, selectedId, onSelect }: SignedOrdersProps) {
  const t = useTranslations('orders.signed')
  const errorText = useErrorText()
  const accounts = useAccounts()
  const [isImporting, setImporting] = useState(false)
  const cancelling = useAction(mainApi().offers.cancelAll)
  const newestFirst = [...orders].reverse()
  const [open] = orders.filter(
    (order) => isLive(order) && order.fills === 'parts' && !order.isCancelling && order.accountId,
  )
  const owner = accounts.find(({ id }) => id === open?.accountId)
  return (
    <>
      <div className={styles.tools}>
        <Button onClick={() => setImporting(true)}>{t('open')}</Button>
        {open?.accountId && owner && (
          <Button
            variant="danger"
            isBusy={cancelling.isPending}
            onClick={() =>
              void cancelling.run({ accountId: open.accountId as typeof owner.id, chainId: open.chainId })
            }
          >
            {t('cancelAll', { name: owner.name })}
          </Button>
        )}
      </div>
      {cancelling.error && (
        <Notice tone="attention" role="alert">
          {errorText(cancelling.error)}
        </Notice>
      )}
      {orders.length === 0 && <EmptyState title={t('emptyTitle')}>{t('empty')}</EmptyState>}
      <SignedOrderList
        label={t('tab')}
        orders={newestFirst}
        selectedId={selectedId}
        onSelect={({ id }) => onSelect(id)}
      />
      {isImporting && (
        <ImportOrderDialog
          onImported={({ id }) => {
            setImporting(false)
            onSelect(id)
          }}
          onClose={() => setImporting(false)}
        />
      )}
    </>
  )
}
