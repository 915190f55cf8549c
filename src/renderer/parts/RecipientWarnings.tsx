import { useTranslations } from 'use-intl'
import type { Recipient } from '../../shared/contract/transfers.ts'
import { AddressDifference } from '../design/AddressDifference.tsx'
import { Facts } from '../design/Facts.tsx'
import { Notice } from '../design/Notice.tsx'

/** What should give pause about who is meant. */
export function RecipientWarnings({ recipient }: { readonly recipient: Recipient }) {
  const t = useTranslations('send.recipient')
  const { address, resembles, falseName, primaryName, tokenSymbol, isContract } = recipient
  return (
    <>
      {resembles && (
        <>
          <Notice tone="attention" role="alert">
            {t('resembles')}
          </Notice>
          <Facts
            rows={[
              {
                term: t('entered'),
                detail: <AddressDifference address={address} other={resembles.address} />,
                isWide: true,
              },
              {
                term: resembles.name === undefined ? t('known') : `${t('known')} · ${resembles.name}`,
                detail: <AddressDifference address={resembles.address} other={address} />,
                isWide: true,
              },
            ]}
          />
        </>
      )}
      {falseName !== undefined && <Notice tone="attention">{t('falseName', { name: falseName })}</Notice>}
      {primaryName !== undefined && <Notice tone="caution">{t('primaryName', { name: primaryName })}</Notice>}
      {tokenSymbol !== undefined ? (
        <Notice tone="attention">{t('token', { symbol: tokenSymbol })}</Notice>
      ) : (
        isContract && <Notice tone="caution">{t('contract')}</Notice>
      )}
    </>
  )
}
