import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../api/mainApi.ts'
import { useAction } from '../api/useAction.ts'
import { Button } from '../design/Button.tsx'
import { Icon } from '../design/Icon.tsx'
import { useErrorText } from '../i18n/useErrorText.ts'
import styles from './PrintButtons.module.css'

interface PrintButtonsProps {
  /** Of the PDF, without its ending. */
  readonly fileName: string
  readonly isDisabled?: boolean
}

/** Prints what is marked for paper, or saves it as PDF. */
export function PrintButtons({ fileName, isDisabled = false }: PrintButtonsProps) {
  const t = useTranslations('common')
  const errorText = useErrorText()
  const [isSaved, setSaved] = useState(false)
  const save = useAction(mainApi().app.savePdf)
  const submit = async () => {
    const result = await save.run({ suggestedName: `${fileName}.pdf` })
    setSaved(result.ok && result.value.isSaved)
  }
  return (
    <div className={styles.buttons}>
      <Button size="small" disabled={isDisabled} onClick={() => window.print()}>
        <Icon name="print" size={16} />
        {t('print')}
      </Button>
      <Button size="small" disabled={isDisabled} isBusy={save.isPending} onClick={() => void submit()}>
        <Icon name="save" size={16} />
        {t('savePdf')}
      </Button>
      <span className={styles.said} role="status">
        {save.error ? errorText(save.error) : isSaved && t('savedPdf')}
      </span>
    </div>
  )
}
