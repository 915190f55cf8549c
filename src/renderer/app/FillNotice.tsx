import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../api/mainApi.ts'
import { Button } from '../design/Button.tsx'
import { Notice } from '../design/Notice.tsx'
import { useAmounts } from '../parts/useAmounts.tsx'
import styles from './BackupReminder.module.css'

interface FillNoticeProps {
  readonly onOpen: () => void
}

/** Tells on every screen that an order was filled, until it is put away. */
export function FillNotice({ onOpen }: FillNoticeProps) {
  const t = useTranslations('orders.notice')
  const amounts = useAmounts()
  const [text, setText] = useState<string>()
  useEffect(() => {
    // Without amounts: the system shows it on a locked screen as well, and keeps it.
    const tellSystem = () => void mainApi().app.notify({ title: t('system'), body: t('text') })
    const subscriptions = [
      mainApi().orders.filled(({ order, fill }) => {
        const side = order.legs.find(({ id }) => id === fill.legId)?.side ?? order.side
        const [given, received] = side === 'sell' ? [order.base, order.quote] : [order.quote, order.base]
        setText(
          t('filled', {
            sold: amounts.short(fill.sold, given, 'up'),
            bought: amounts.short(fill.bought, received, 'down'),
          }),
        )
        tellSystem()
      }),
      mainApi().offers.filled(({ order, making }) => {
        setText(t('taken', { amount: amounts.short(making, order.give.token, 'up') }))
        tellSystem()
      }),
    ]
    return () => {
      for (const unsubscribe of subscriptions) unsubscribe()
    }
  }, [t, amounts])
  if (text === undefined) return null
  return (
    <div className={styles.reminder}>
      <Notice
        tone="info"
        role="status"
        title={text}
        action={
          <span className={styles.actions}>
            <Button size="small" variant="quiet" onClick={() => setText(undefined)}>
              {t('close')}
            </Button>
            <Button
              size="small"
              onClick={() => {
                setText(undefined)
                onOpen()
              }}
            >
              {t('open')}
            </Button>
          </span>
        }
      >
        {t('text')}
      </Notice>
    </div>
  )
}
