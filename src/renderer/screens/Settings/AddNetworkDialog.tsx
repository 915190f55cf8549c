import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type ChainFields, chainFieldsSchema } from '../../../shared/contract/chains.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import form from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { TextArea } from '../../design/TextArea.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { readChainFields } from './readChainFields.ts'

const empty = { name: '', chainId: '', symbol: '', urls: '', explorer: '' }
type Draft = typeof empty

/** Adds a chain by its fields, typed in or pasted as a site would hand them over. */
export function AddNetworkDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('settings.addNetwork')
  const errorText = useErrorText()
  const [draft, setDraft] = useState<Draft>(empty)
  const [isIncomplete, setIncomplete] = useState(false)
  const pasteRef = useRef<HTMLTextAreaElement>(null)
  const [isPasteWrong, setPasteWrong] = useState(false)
  const add = useAction(mainApi().chains.add)

  const field = (name: keyof Draft) => ({
    value: draft[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget
      setDraft((before) => ({ ...before, [name]: value }))
    },
  })
  const takePaste = (text: string) => {
    const fields = readChainFields(text)
    setPasteWrong(text.trim() !== '' && fields === undefined)
    if (fields) setDraft(toDraft(fields))
  }
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={async (event) => {
          event.preventDefault()
          if (add.isPending) return
          const fields = toFields(draft)
          setIncomplete(fields === undefined)
          if (fields && (await add.run(fields)).ok) onClose()
        }}
      >
        <p>{t('lead')}</p>
        <Field label={t('paste')} hint={t('pasteHint')} error={isPasteWrong && t('pasteWrong')}>
          {(control) => (
            <TextArea
              {...control}
              ref={pasteRef}
              rows={2}
              onChange={(event) => takePaste(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t('name')}>{(control) => <TextInput {...control} {...field('name')} required />}</Field>
        <Field label={t('chainId')} hint={t('chainIdHint')}>
          {(control) => <TextInput {...control} {...field('chainId')} inputMode="numeric" required />}
        </Field>
        <Field label={t('symbol')}>
          {(control) => <TextInput {...control} {...field('symbol')} required />}
        </Field>
        <Field label={t('urls')} hint={t('urlsHint')}>
          {(control) => <TextArea {...control} {...field('urls')} rows={3} required />}
        </Field>
        <Field label={t('explorer')} hint={t('explorerHint')}>
          {(control) => <TextInput {...control} {...field('explorer')} inputMode="url" />}
        </Field>
        {isIncomplete && (
          <Notice tone="attention" role="alert">
            {t('incomplete')}
          </Notice>
        )}
        {add.error && (
          <Notice tone="attention" role="alert">
            {errorText(add.error)}
          </Notice>
        )}
        <div className={form.actions}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="primary" type="submit" isBusy={add.isPending}>
            {t('submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function toDraft({ chainId, chainName, nativeCurrency, rpcUrls, blockExplorerUrls }: ChainFields): Draft {
  return {
    name: chainName,
    chainId: String(chainId),
    symbol: nativeCurrency.symbol,
    urls: rpcUrls.join('\n'),
    explorer: blockExplorerUrls?.[0] ?? '',
  }
}

function toFields({ name, chainId, symbol, urls, explorer }: Draft): ChainFields | undefined {
  const fields = chainFieldsSchema.safeParse({
    chainId: /^(?:0x[0-9a-fA-F]+|\d+)$/.test(chainId.trim()) ? Number(chainId.trim()) : undefined,
    chainName: name,
    nativeCurrency: { name: symbol, symbol, decimals: 18 },
    rpcUrls: urls
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    ...(explorer.trim() === '' ? {} : { blockExplorerUrls: [explorer.trim()] }),
  })
  return fields.success ? fields.data : undefined
}
