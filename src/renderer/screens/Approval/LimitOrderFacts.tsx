import { useLocale, useTranslations } from 'use-intl'
import type { TypedDataMeaning } from '../../../shared/contract/messages.ts'
import { Address } from '../../design/Address.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useExactAmount } from './useExactAmount.tsx'

interface LimitOrderFactsProps {
  readonly meaning: Extract<TypedDataMeaning, { kind: 'limitOrder' }>
}

/** What whoever holds a signed order can do with it, and until when. */
export function LimitOrderFacts({ meaning }: LimitOrderFactsProps) {
  const t = useTranslations('approval')
  const locale = useLocale()
  const exactly = useExactAmount()
  const { give, receive, receiver, onlyFor, expiresAtMs, fills } = meaning
  return (
    <>
      <Notice tone="caution">{t('order.warning')}</Notice>
      {expiresAtMs === undefined && <Notice tone="attention">{t('order.noEnd')}</Notice>}
      <Facts
        rows={[
          { term: t('give'), detail: exactly(give.units, give.token) },
          { term: t('order.receive'), detail: exactly(receive.units, receive.token) },
          ...[give, receive].flatMap(({ token }) =>
            token.ref.address === 'native'
              ? []
              : [
                  {
                    term: t('tokenContract'),
                    detail: <Address address={token.ref.address} name={token.name} canCopy={false} />,
                    isWide: true,
                  },
                ],
          ),
          {
            term: t('order.receiver'),
            detail: receiver ? (
              <Address address={receiver.address} name={receiver.ownAccountName} canCopy={false} />
            ) : (
              t('message.bounds.thisAccount')
            ),
            isWide: receiver !== undefined,
          },
          { term: t('order.fills'), detail: t(`order.${fills}`) },
          { term: t('order.taker'), detail: onlyFor ?? t('order.anybody') },
          ...(expiresAtMs === undefined
            ? []
            : [{ term: t('validUntil'), detail: new Date(expiresAtMs).toLocaleString(locale) }]),
        ]}
      />
    </>
  )
}
