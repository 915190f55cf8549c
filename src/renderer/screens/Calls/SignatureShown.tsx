import { useTranslations } from 'use-intl'
import type { MessageOutcome } from '../../../shared/contract/calls.ts'
import { Address } from '../../design/Address.tsx'
import { Button } from '../../design/Button.tsx'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Facts } from '../../design/Facts.tsx'
import styles from './CallsScreen.module.css'

/** A signature to be given to whoever asked for it. */
export function SignatureShown({
  outcome,
  onBack,
}: {
  readonly outcome: MessageOutcome
  readonly onBack: () => void
}) {
  const t = useTranslations('calls')
  if (outcome.status === 'rejected') {
    return (
      <section className={styles.signature}>
        <h2>{t('rejected.title')}</h2>
        <p role="status">{t('rejected.text')}</p>
        <Button onClick={onBack}>{t('rejected.back')}</Button>
      </section>
    )
  }
  return (
    <section className={styles.signature}>
      <h2>{t('signed.title')}</h2>
      <p role="status">{t('signed.text')}</p>
      <Facts
        rows={[
          { term: t('signed.by'), detail: <Address address={outcome.address} />, isWide: true },
          {
            term: t('signed.signature'),
            detail: <code className="mono">{outcome.signature}</code>,
            isWide: true,
          },
          { term: t('signed.digest'), detail: <code className="mono">{outcome.digest}</code>, isWide: true },
        ]}
      />
      <CopyButton
        text={outcome.signature}
        what={t('signed.signature')}
        label={t('signed.copy')}
        size="medium"
      />
    </section>
  )
}
