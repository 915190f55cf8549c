import { useTranslations } from 'use-intl'
import type { SigningIntent } from '../../../shared/contract/signing.ts'
import { Address } from '../../design/Address.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useExactAmount } from './useExactAmount.tsx'

type Transfer = Extract<SigningIntent, { kind: 'nativeTransfer' | 'tokenTransfer' }>

/** What a transfer says of itself. */
export function TransferFacts({ intent }: { readonly intent: Transfer }) {
  const t = useTranslations('approval')
  const exactly = useExactAmount()
  const { token, to, units } = intent
  return (
    <>
      {token.source === 'contract' && (
        <Notice tone="caution">{t('onlyContractSays', { symbol: token.symbol })}</Notice>
      )}
      <Facts
        rows={[
          { term: t('amount'), detail: exactly(units, token) },
          {
            term: t('to'),
            detail: (
              <Address address={to.address} name={to.ownAccountName} nameFrom="account" canCopy={false} />
            ),
            isWide: true,
          },
          ...(token.ref.address === 'native'
            ? []
            : [
                {
                  term: t('tokenContract'),
                  detail: <Address address={token.ref.address} name={token.name} canCopy={false} />,
                  isWide: true,
                },
              ]),
        ]}
      />
    </>
  )
}
