import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageOutcome, MessageToSign } from '../../../shared/contract/messages.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Progress } from '../../design/Progress.tsx'
import { Select } from '../../design/Select.tsx'
import { Tabs } from '../../design/Tabs.tsx'
import { TextArea } from '../../design/TextArea.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './MessageDialog.module.css'

interface MessageDialogProps {
  readonly account: Account
  readonly onClose: () => void
}

const kinds = ['text', 'typedData'] as const

/** Signs a text or EIP-712 data with one account. What it means is shown by the approval window, as the signer reads it. */
export function MessageDialog({ account, onClose }: MessageDialogProps) {
  const t = useTranslations('accounts.sign')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const chains = useQuery(queries.chains).data?.filter(({ enabled }) => enabled) ?? []
  const [kind, setKind] = useState<MessageToSign['kind']>('text')
  const [isEmpty, setEmpty] = useState(false)
  const [outcome, setOutcome] = useState<MessageOutcome>()
  const messageRef = useRef<HTMLTextAreaElement>(null)
  const chainRef = useRef<HTMLSelectElement>(null)
  const request = useAction(mainApi().messages.request)
  const change = () => {
    setEmpty(false)
    setOutcome(undefined)
    request.clearError()
  }
  const submit = async () => {
    change()
    const typed = messageRef.current?.value ?? ''
    if (typed.trim() === '') return setEmpty(true)
    const chainId = chains.find((chain) => String(chain.chainId) === chainRef.current?.value)?.chainId
    if (kind === 'typedData' && chainId === undefined) return
    const message: MessageToSign =
      kind === 'typedData' && chainId !== undefined
        ? { kind, chainId, json: typed }
        : { kind: 'text', text: typed }
    const result = await request.run({ accountId: account.id, message })
    if (result.ok) setOutcome(result.value)
  }
  return (
    <Dialog title={t('title', { account: account.name })} onClose={onClose}>
      <p>{t('lead')}</p>
      <Tabs
        label={t('kind')}
        tabs={kinds.map((name) => ({ name, label: t(`kinds.${name}`) }))}
        selected={kind}
        onSelect={(next) => {
          change()
          setKind(next)
        }}
      >
        <form
          className={dialogStyles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (!request.isPending) void submit()
          }}
        >
          {kind === 'typedData' && (
            <Field label={t('network')}>
              {(control) => (
                <Select {...control} ref={chainRef}>
                  {chains.map(({ chainId, name }) => (
                    <option key={chainId} value={chainId}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <Field
            key={kind}
            label={t(`fields.${kind}`)}
            hint={kind === 'typedData' ? t('typedDataHint') : undefined}
            error={isEmpty ? t('empty') : undefined}
          >
            {(control) => (
              <TextArea
                {...control}
                ref={messageRef}
                rows={kind === 'text' ? 4 : 8}
                maxLength={kind === 'text' ? 100_000 : 200_000}
                onChange={change}
              />
            )}
          </Field>
          {request.isPending && <Progress>{t('waiting')}</Progress>}
          {request.error && (
            <Notice tone="attention" role="alert">
              {errorText(request.error)}
            </Notice>
          )}
          {outcome?.status === 'rejected' && (
            <Notice tone="info" role="status">
              {t('rejected')}
            </Notice>
          )}
          {outcome?.status === 'signed' && (
            <section className={styles.signed} aria-label={t('signature')}>
              <Notice tone="safe" role="status">
                {t('signed')}
              </Notice>
              <code className={styles.signature} data-testid="signature">
                {outcome.signature}
              </code>
              <div>
                <CopyButton text={outcome.signature} what={t('signature')} label={t('copy')} />
              </div>
            </section>
          )}
          <div className={dialogStyles.actions}>
            <Button onClick={onClose}>{tc('close')}</Button>
            <Button
              variant={outcome?.status === 'signed' ? 'secondary' : 'primary'}
              type="submit"
              isBusy={request.isPending}
            >
              {t('submit')}
            </Button>
          </div>
        </form>
      </Tabs>
    </Dialog>
  )
}
