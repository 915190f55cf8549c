import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Replacement, ReplacementPreview } from '../../../shared/contract/activity.ts'
import { feeSpeeds } from '../../../shared/contract/transfers.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Amount } from '../../design/Amount.tsx'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import styles from '../../design/DialogForm.module.css'
import { Facts } from '../../design/Facts.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Progress } from '../../design/Progress.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'

type Target = Replacement extends infer Each
  ? Each extends Replacement
    ? Omit<Each, 'speed'>
    : never
  : never

interface ReplacementDialogProps {
  readonly target: Target
  readonly onClose: () => void
  readonly onSent: (activityId: string) => void
}

const titles = { speedUp: 'titleSpeedUp', cancel: 'titleCancel', fill: 'titleFill' } as const
const intros = { speedUp: 'introSpeedUp', cancel: 'introCancel', fill: 'introFill' } as const

/** What takes the place of a pending transaction, and what that costs; the approval follows in the other window. */
export function ReplacementDialog({ target, onClose, onSent }: ReplacementDialogProps) {
  const t = useTranslations('activity.replacement')
  const ts = useTranslations('send.speed')
  const errorText = useErrorText()
  const [speed, setSpeed] = useState<(typeof feeSpeeds)[number]>('fast')
  const [preview, setPreview] = useState<ReplacementPreview>()
  const [isRejected, setRejected] = useState(false)
  const { run, error, isPending } = useAction(mainApi().activity.previewReplacement)
  const replacing = useAction(mainApi().activity.replace)
  const chains = useQuery(queries.chains).data
  const symbol = chains?.find(({ chainId }) => chainId === preview?.chainId)?.nativeSymbol ?? ''
  useEffect(() => {
    let isCurrent = true
    setPreview(undefined)
    void run({ ...target, speed } as Replacement).then((result) => {
      if (isCurrent && result.ok) setPreview(result.value)
    })
    return () => {
      isCurrent = false
    }
  }, [run, target, speed])

  const send = async (previewId: string) => {
    setRejected(false)
    const result = await replacing.run({ previewId })
    if (result.ok && result.value.status === 'sent') onSent(result.value.activityId)
    else if (result.ok) setRejected(true)
  }
  const amount = (units: bigint) => (
    <Amount units={units} decimals={18} symbol={symbol} rounding="up" maximumFractionDigits="significant" />
  )
  const failure = replacing.error ?? error
  return (
    <Dialog title={t(titles[target.kind])} onClose={onClose}>
      <div className={styles.form}>
        <p>{t(intros[target.kind])}</p>
        <SegmentedChoice
          label={ts('label')}
          value={speed}
          options={feeSpeeds.map((value) => ({ value, label: ts(value) }))}
          onChange={setSpeed}
        />
        {isPending && <Progress>{t('reading')}</Progress>}
        {preview && (
          <Facts
            rows={[
              { term: t('expected'), detail: amount(preview.fee.expected) },
              { term: t('maximum'), detail: amount(preview.fee.maximum) },
              ...(preview.replacedMaximum === undefined
                ? []
                : [{ term: t('before'), detail: amount(preview.replacedMaximum) }]),
            ]}
          />
        )}
        {failure && (
          <Notice tone="attention" role="alert">
            {errorText(failure)}
          </Notice>
        )}
        {replacing.isPending && <Progress>{t('waiting')}</Progress>}
        {isRejected && <Notice tone="info">{t('rejected')}</Notice>}
        <div className={styles.actions}>
          <Button variant="quiet" onClick={onClose}>
            {t('close')}
          </Button>
          <Button
            variant="primary"
            disabled={!preview || isRejected}
            isBusy={replacing.isPending}
            onClick={() => preview && void send(preview.previewId)}
          >
            {t('continue')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
