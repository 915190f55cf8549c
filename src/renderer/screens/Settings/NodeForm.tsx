import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Chain } from '../../../shared/contract/chains.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { TextArea } from '../../design/TextArea.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './SettingsScreen.module.css'

/** Edits the nodes of a chain; each is asked for its chain before anything is saved. */
export function NodeForm({ chain }: { readonly chain: Chain }) {
  const t = useTranslations('settings.networks')
  const errorText = useErrorText()
  const urlsRef = useRef<HTMLTextAreaElement>(null)
  const [isSaved, setSaved] = useState(false)
  const setRpcUrls = useAction(mainApi().chains.setRpcUrls)

  const save = async (rpcUrls: string[]) => {
    setSaved(false)
    const result = await setRpcUrls.run({ chainId: chain.chainId, rpcUrls })
    if (!result.ok) return
    setSaved(true)
    const saved = result.value.find((candidate) => candidate.chainId === chain.chainId)
    if (urlsRef.current && saved) urlsRef.current.value = saved.rpcUrls.join('\n')
  }
  return (
    <form
      className={styles.section}
      onSubmit={(event) => {
        event.preventDefault()
        if (setRpcUrls.isPending) return
        const lines = (urlsRef.current?.value ?? '').split('\n').map((line) => line.trim())
        void save(lines.filter((line) => line !== ''))
      }}
    >
      <Field
        label={t('urls', { network: chain.name })}
        hint={t('urlsHint')}
        error={setRpcUrls.error && nodeErrorText(setRpcUrls.error.params.url, errorText(setRpcUrls.error))}
      >
        {(control) => (
          <TextArea {...control} ref={urlsRef} rows={4} defaultValue={chain.rpcUrls.join('\n')} />
        )}
      </Field>
      <div className={styles.actions}>
        <span role="status">{setRpcUrls.isPending ? t('verifying') : isSaved && t('saved')}</span>
        <Button size="small" variant="quiet" onClick={() => void save([])}>
          {t('restore')}
        </Button>
        <Button size="small" variant="primary" type="submit" isBusy={setRpcUrls.isPending}>
          {t('verify')}
        </Button>
      </div>
    </form>
  )
}

/** Names the node that the sentence is about, where the failure tells it. */
function nodeErrorText(url: unknown, sentence: string): string {
  return typeof url === 'string' && url !== '' ? `${url}: ${sentence}` : sentence
}
