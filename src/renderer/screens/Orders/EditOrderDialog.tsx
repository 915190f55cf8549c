import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Order } from '../../../shared/contract/orders.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { formatPrice, givenOf } from './formatOrder.ts'
import { useOrderTitle } from './useOrderTitle.ts'

interface EditOrderDialogProps {
  readonly order: Order
  /** The price to begin with, where it was moved in the picture. */
  readonly movedTo?: string
  readonly onClose: () => void
}

/** Takes something off an open order, or gives it another price. */
export function EditOrderDialog({ order, movedTo = '', onClose }: EditOrderDialogProps) {
  const t = useTranslations('orders')
  const tc = useTranslations('common')
  const amounts = useAmounts()
  const errorText = useErrorText()
  const titleOf = useOrderTitle()
  const editing = useAction(mainApi().orders.edit)
  const [price, setPrice] = useState(movedTo)
  const [reduceBy, setReduceBy] = useState('')
  const [isEmpty, setEmpty] = useState(false)
  const [isRejected, setRejected] = useState(false)
  const save = async () => {
    setRejected(false)
    if (price.trim() === '' && reduceBy.trim() === '') {
      setEmpty(true)
      return
    }
    const result = await editing.run({
      orderId: order.id,
      ...(price.trim() === '' ? {} : { price: amounts.priceToRequest(price, order.base, order.quote) }),
      ...(reduceBy.trim() === ''
        ? {}
        : { reduceBy: amounts.toRequest(reduceBy, givenOf(order.side, order)) }),
    })
    if (!result.ok) return
    if (result.value.status === 'rejected') setRejected(true)
    else onClose()
  }
  return (
    <Dialog title={t('edit.title')} onClose={onClose}>
      <form
        className={dialogStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p>
          {t('edit.now', { order: titleOf(order), price: formatPrice(order.worstPrice, order, amounts) })}
        </p>
        {order.terms.type === 'limit' && (
          <Field
            label={t('edit.price')}
            hint={t('per', { quote: order.quote.symbol, base: order.base.symbol })}
          >
            {(control) => (
              <TextInput
                {...control}
                inputMode="decimal"
                value={price}
                onChange={(event) => setPrice(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
        <Field label={t('edit.reduceBy')} hint={givenOf(order.side, order).symbol}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              value={reduceBy}
              onChange={(event) => setReduceBy(event.currentTarget.value)}
            />
          )}
        </Field>
        <p>{t('edit.hint')}</p>
        {(editing.error || isEmpty) && (
          <Notice tone="attention" role="alert">
            {editing.error ? errorText(editing.error) : t('edit.nothing')}
          </Notice>
        )}
        {isRejected && (
          <Notice tone="info" role="status">
            {t('edit.rejected')}
          </Notice>
        )}
        <div className={dialogStyles.actions}>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={editing.isPending}>
            {t('edit.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
