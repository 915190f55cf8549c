import { useTranslations } from 'use-intl'
import type { SigningIntent } from '../../../shared/contract/signing.ts'
import { Address } from '../../design/Address.tsx'
import { Facts } from '../../design/Facts.tsx'

type Rights = Extract<SigningIntent, { kind: 'revocation' }>['rights']

/** Whose rights end, and over which tokens. */
export function RevocationFacts({ rights }: { readonly rights: Rights }) {
  const t = useTranslations('approval')
  return (
    <>
      {rights.map(({ via, contract, token, spender }) => (
        <Facts
          key={`${via}:${contract}:${spender.address}`}
          rows={[
            {
              term: via === 'permit2' ? `${t('rightEnds')} · Permit2` : t('rightEnds'),
              detail: (
                <Address
                  address={spender.address}
                  {...(spender.name === '' ? {} : { name: spender.name, nameFrom: 'list' as const })}
                  canCopy={false}
                />
              ),
              isWide: true,
            },
            {
              term: t('rightOver'),
              detail: (
                <Address
                  address={contract}
                  {...(token ? { name: token.symbol, nameFrom: 'token' as const } : {})}
                  canCopy={false}
                />
              ),
              isWide: true,
            },
          ]}
        />
      ))}
    </>
  )
}
