import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { eraseShares, readShares, SharesInput } from '../../parts/SharesInput.tsx'
import { type ImportEnds, ImportForm, typedName } from './ImportForm.tsx'

/** The wallet behind SLIP-39 shares. */
export function SharesImport({ onDone, onCancel }: ImportEnds) {
  const t = useTranslations('accounts.bring')
  const ts = useTranslations('common.shares')
  const formRef = useRef<HTMLFormElement>(null)
  const nameRef = useRef<HTMLInputElement>(null)
  const [isMissing, setMissing] = useState(false)
  const action = useAction(mainApi().vault.importShares)
  const submit = async () => {
    const taken = readShares(formRef.current)
    setMissing(taken === undefined)
    if (!taken) return
    const result = await action.run({ ...taken, ...typedName(nameRef.current) })
    eraseShares(taken)
    if (!result.ok) return
    formRef.current?.reset()
    onDone(result.value)
  }
  return (
    <ImportForm
      formRef={formRef}
      nameRef={nameRef}
      isBusy={action.isPending}
      error={action.error}
      submit={t('submit')}
      onSubmit={() => void submit()}
      onCancel={onCancel}
    >
      <SharesInput error={isMissing ? ts('missing') : undefined} />
    </ImportForm>
  )
}
