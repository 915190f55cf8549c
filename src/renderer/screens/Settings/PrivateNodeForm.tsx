import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Chain } from '../../../shared/contract/chains.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './SettingsScreen.module.css'

/** Edits the node of the user's choice that takes private trades of a chain; left empty there is none. */
export function PrivateNodeForm({ chain }: { readonly chain: Chain }) {
  const t = useTranslations('settings.privateNode')
  const errorText = useErrorText()
  const urlRef = useRef<HTMLInputElement>(null)
  const [isSaved, setSaved] = useState(false)
  const { run, isPending, error } = useAction(mainApi().chains.setPrivateRpcUrl)
  return (
    <form
      className={styles.section}
      onSubmit={(event) => {
        event.preventDefault()
        if (isPending) return
        setSaved(false)
        const url = urlRef.current?.value.trim() ?? ''
        void run({ chainId: chain.chainId, url }).then((result) => setSaved(result.ok))
      }}
    >
      <Field label={t('label', { network: chain.name })} hint={t('hint')} error={error && errorText(error)}>
        {(control) => (
          <TextInput {...control} ref={urlRef} inputMode="url" defaultValue={chain.privateRpcUrl ?? ''} />
        )}
      </Field>
      <div className={styles.actions}>
        <span role="status">{isSaved && t(chain.privateRpcUrl === undefined ? 'removed' : 'saved')}</span>
        <Button size="small" type="submit" isBusy={isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
