import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { SignedOrder } from '../../../shared/contract/signedOrders.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Notice } from '../../design/Notice.tsx'
import { Progress } from '../../design/Progress.tsx'
import { QrCode } from '../../design/QrCode.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './ShareOrderDialog.module.css'

interface ShareOrderDialogProps {
  readonly order: SignedOrder
  readonly onClose: () => void
}

/** Gives a signed order out of hand: as a QR code, a link, or a file. */
export function ShareOrderDialog({ order, onClose }: ShareOrderDialogProps) {
  const t = useTranslations('orders.signed')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const exported = useQuery(queries.exportedOrder(order.id))
  const saving = useAction(mainApi().app.saveFile)
  const error = saving.error ?? exported.error
  return (
    <Dialog title={t('shareTitle')} onClose={onClose}>
      <div className={dialogStyles.form}>
        <Notice tone="caution">{t('shareWarning')}</Notice>
        {error && (
          <Notice tone="attention" role="alert">
            {errorText(error)}
          </Notice>
        )}
        {exported.data ? (
          <div className={styles.share}>
            <QrCode text={exported.data.link} label={t('qr')} size={240} />
            <code className={styles.link}>{exported.data.link}</code>
            <div className={dialogStyles.actions}>
              <CopyButton text={exported.data.link} what={t('link')} label={t('copyLink')} size="medium" />
              <Button
                isBusy={saving.isPending}
                onClick={() =>
                  void saving.run({
                    suggestedName: exported.data.fileName,
                    content: new TextEncoder().encode(exported.data.file),
                  })
                }
              >
                {t('saveFile')}
              </Button>
              <Button variant="primary" onClick={onClose}>
                {tc('close')}
              </Button>
            </div>
          </div>
        ) : (
          <Progress>{tc('loading')}</Progress>
        )}
      </div>
    </Dialog>
  )
}
