import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { QrCode } from '../../design/QrCode.tsx'
import { useSecretShown } from '../../parts/useSecretShown.ts'
import styles from './RecoveryKitStep.module.css'
import stepStyles from './Step.module.css'
import { Step } from './Step.tsx'

interface RecoveryKitStepProps {
  readonly kit: Uint8Array<ArrayBuffer>
  readonly isPractice: boolean
  readonly onDone: () => void
}

/** Shows the keychain's secret for paper, once. */
export function RecoveryKitStep({ kit, isPractice, onDone }: RecoveryKitStepProps) {
  const t = useTranslations('onboarding.kit')
  const tc = useTranslations('common')
  useSecretShown(true)
  const [isWritten, setWritten] = useState(false)
  const code = useMemo(() => new TextDecoder().decode(kit), [kit])
  const groups =
    code.includes('-') || code.includes(' ') ? code.split(/[-\s]+/) : (code.match(/.{1,4}/g) ?? [])
  return (
    <Step title={t('title')} lead={t('lead')}>
      <div className={styles.sheet}>
        <div className={styles.codeBlock}>
          <h2 className={styles.label}>{t('code')}</h2>
          <p className={styles.code} data-testid="recovery-kit-code" translate="no">
            {groups.map((group, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: groups of one fixed code, some may be equal.
              <span key={index}>
                {group}
                {index < groups.length - 1 && <span className={styles.dash}>-</span>}
              </span>
            ))}
          </p>
          <p className={styles.keep}>{t('keep')}</p>
        </div>
        <QrCode text={code} label={t('qr')} size={152} />
      </div>
      <div className={styles.confirm}>
        <Checkbox isChecked={isWritten} onChange={setWritten}>
          {t('confirm')}
        </Checkbox>
      </div>
      <div className={stepStyles.actions}>
        <Button variant="quiet" onClick={() => window.print()}>
          {t('print')}
        </Button>
        {isPractice && !isWritten && <Button onClick={onDone}>{t('skip')}</Button>}
        <Button variant="primary" disabled={!isWritten} onClick={onDone}>
          {tc('continue')}
        </Button>
      </div>
    </Step>
  )
}
