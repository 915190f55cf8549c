import { useTranslations } from 'use-intl'
import type { SigningIntent } from '../../../shared/contract/signing.ts'
import { Address } from '../../design/Address.tsx'
import { Notice } from '../../design/Notice.tsx'

/** To whom an account is handed over (EIP-7702); nothing where a delegation is taken back. */
export function DelegationFacts({
  delegate,
}: {
  readonly delegate: Extract<SigningIntent, { kind: 'delegation' }>['delegate']
}) {
  const t = useTranslations('approval.message')
  if (!delegate) return null
  return (
    <>
      <Notice tone="attention">{t('delegateWarning')}</Notice>
      <Address address={delegate.address} name={delegate.name} canCopy={false} />
    </>
  )
}
