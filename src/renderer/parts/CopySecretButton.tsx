import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../api/mainApi.ts'
import { useAction } from '../api/useAction.ts'
import { Button } from '../design/Button.tsx'
import { Icon } from '../design/Icon.tsx'
import { useNow } from '../design/useNow.ts'
import { useErrorText } from '../i18n/useErrorText.ts'
import styles from './CopySecretButton.module.css'

/** Copies a secret through the main process, which clears the clipboard; warned of before, and told after. */
export function CopySecretButton({ read }: { readonly read: () => Uint8Array<ArrayBuffer> | undefined }) {
  const t = useTranslations('common.secret')
  const errorText = useErrorText()
  const [clearsAtMs, setClearsAtMs] = useState<number>()
  const copy = useAction(mainApi().app.copySecret)
  const left = Math.ceil(((clearsAtMs ?? 0) - useNow(500)) / 1_000)
  const submit = async () => {
    const secret = read()
    if (!secret) return
    const result = await copy.run({ secret })
    if (result.ok) setClearsAtMs(result.value.clearsAtMs)
  }
  return (
    <div className={styles.copy}>
      <Button size="small" isBusy={copy.isPending} onClick={() => void submit()}>
        <Icon name="copy" size={16} />
        {t('copy')}
      </Button>
      <p className={styles.said}>
        {copy.error ? errorText(copy.error) : left > 0 ? t('copied', { seconds: left }) : t('copyWarning')}
      </p>
      <span className="visually-hidden" role="status">
        {clearsAtMs !== undefined && t('copiedOnce')}
      </span>
    </div>
  )
}
