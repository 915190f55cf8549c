import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../design/Button.tsx'
import { SecretQrCode } from '../design/SecretQrCode.tsx'
import { SecretText } from '../design/SecretText.tsx'
import styles from './PaperCode.module.css'
import { PrintButtons } from './PrintButtons.tsx'
import { useCoverOnBlur } from './useCoverOnBlur.ts'
import { useSecretShown } from './useSecretShown.ts'

interface PaperCodeProps {
  readonly read: () => Uint8Array<ArrayBuffer> | undefined
  readonly label: string
  readonly lead: string
  readonly qrLabel: string
  /** Of the PDF, without its ending. */
  readonly fileName: string
  readonly testId: string
}

/** A code for paper, with its QR code, to be written down, printed or saved as PDF. It opens nothing by itself. */
export function PaperCode({ read, label, lead, qrLabel, fileName, testId }: PaperCodeProps) {
  const t = useTranslations('common.secret')
  const [isCovered, setCovered] = useState(false)
  useSecretShown(!isCovered)
  useCoverOnBlur(() => setCovered(true))
  if (isCovered) {
    return (
      <div className={styles.covered}>
        <p role="status">{t('hidden.blur')}</p>
        <Button onClick={() => setCovered(false)}>{t('showAgain')}</Button>
      </div>
    )
  }
  return (
    <div className={styles.sheet} data-print="sheet">
      <div className={styles.codeBlock}>
        <h3 className={styles.label}>Minato · {label}</h3>
        <SecretText read={read} label={label} look="code" testId={testId} />
        <p className={styles.lead}>{lead}</p>
        <div className={styles.print}>
          <PrintButtons fileName={fileName} />
        </div>
      </div>
      <SecretQrCode read={read} label={qrLabel} size={140} />
    </div>
  )
}
