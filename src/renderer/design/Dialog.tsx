import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import styles from './Dialog.module.css'
import { Icon } from './Icon.tsx'
import { joinClasses } from './joinClasses.ts'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** `bare` leaves the heading to screen readers. */
  readonly look?: 'plain' | 'bare'
}

/** A modal on the native dialog: it keeps the focus inside, and gives it back when it closes. */
export function Dialog({ title, onClose, children, look = 'plain' }: DialogProps) {
  const t = useTranslations('common')
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // A layout effect, because only a dialog that is still in the document gives the focus back when it closes.
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={ref}
      className={joinClasses(styles.dialog, look === 'bare' && styles.bare)}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className={look === 'bare' ? 'visually-hidden' : styles.head}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        {look === 'plain' && (
          <button type="button" className={styles.close} aria-label={t('close')} onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </div>
      <div className={look === 'bare' ? undefined : styles.body}>{children}</div>
    </dialog>
  )
}
