import { useTranslations } from 'use-intl'
import { Button } from '../design/Button.tsx'
import { Icon } from '../design/Icon.tsx'
import { SecretQrCode } from '../design/SecretQrCode.tsx'
import { SecretText } from '../design/SecretText.tsx'
import styles from './PaperCode.module.css'
import { useSecretShown } from './useSecretShown.ts'

interface PaperCodeProps {
  readonly read: () => Uint8Array<ArrayBuffer> | undefined
  readonly label: string
  readonly lead: string
  readonly qrLabel: string
  readonly testId: string
}

/** A code for paper, with its QR code, to be written down or printed. It opens nothing by itself. */
export function PaperCode({ read, label, lead, qrLabel, testId }: PaperCodeProps) {
  const t = useTranslations('common')
  useSecretShown(true)
  return (
    <div className={styles.sheet} data-print="sheet">
      <div className={styles.codeBlock}>
        <h3 className={styles.label}>{label}</h3>
        <SecretText read={read} label={label} look="code" testId={testId} />
        <p className={styles.lead}>{lead}</p>
        <div className={styles.print}>
          <Button size="small" onClick={() => window.print()}>
            <Icon name="print" size={16} />
            {t('print')}
          </Button>
        </div>
      </div>
      <SecretQrCode read={read} label={qrLabel} size={140} />
    </div>
  )
}
