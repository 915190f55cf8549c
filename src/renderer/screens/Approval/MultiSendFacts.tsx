import { useTranslations } from 'use-intl'
import type { SigningIntent } from '../../../shared/contract/signing.ts'
import { Address } from '../../design/Address.tsx'
import { Facts } from '../../design/Facts.tsx'
import { useExactAmount } from './useExactAmount.tsx'

type MultiSend = Extract<SigningIntent, { kind: 'multiSend' }>

/** Every recipient in full, and what each gets. */
export function MultiSendFacts({ intent }: { readonly intent: MultiSend }) {
  const t = useTranslations('approval')
  const exactly = useExactAmount()
  const { token, payments, through } = intent
  return (
    <>
      {payments.map(({ to, units }) => (
        <Facts
          key={to.address}
          rows={[
            { term: t('amount'), detail: exactly(units, token) },
            {
              term: t('to'),
              detail: (
                <Address address={to.address} name={to.ownAccountName} nameFrom="account" canCopy={false} />
              ),
              isWide: true,
            },
          ]}
        />
      ))}
      <Facts
        rows={[
          {
            term: t('handedOnBy'),
            detail: <Address address={through.address} name={through.name} nameFrom="list" canCopy={false} />,
            isWide: true,
          },
        ]}
      />
    </>
  )
}
