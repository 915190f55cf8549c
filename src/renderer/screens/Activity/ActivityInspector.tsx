import { useQuery } from '@tanstack/react-query'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type { Activity } from '../../../shared/contract/activity.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Address, GroupedHex } from '../../design/Address.tsx'
import { Amount } from '../../design/Amount.tsx'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { FiatValue } from '../../parts/FiatValue.tsx'
import styles from './ActivityScreen.module.css'
import { ActivityStatusBadge } from './ActivityStatusBadge.tsx'
import { TradeReceipt } from './TradeReceipt.tsx'
import { useActivitySentence } from './useActivitySentence.ts'

/** Everything about one entry: no block explorer is needed. */
export function ActivityInspector({ activity }: { readonly activity: Activity }) {
  const t = useTranslations('activity')
  const format = useFormatter()
  const locale = useLocale()
  const chainName = useChainNames()
  const accounts = useAccounts()
  const sentenceOf = useActivitySentence()
  const chain = useQuery(queries.chains).data?.find((candidate) => candidate.chainId === activity.chainId)
  const { token, receipt, status, swap, channel } = activity
  const inFull = (units: bigint, of: Activity['token']) => (
    <>
      <Amount units={units} decimals={of.decimals} symbol={of.symbol} maximumFractionDigits={of.decimals} />{' '}
      <FiatValue units={units} token={of} isOptional />
    </>
  )
  const ownNameOf = (address: Activity['to']) =>
    accounts.find((account) => isSameAddress(account.address, address))?.name
  const dateTime = (timestampMs: number) =>
    format.dateTime(timestampMs, { dateStyle: 'medium', timeStyle: 'medium' })
  const toName = ownNameOf(activity.to)
  return (
    <div className={styles.inspector}>
      <h2 className={styles.title}>{sentenceOf(activity)}</h2>
      <div>
        <ActivityStatusBadge activity={activity} />
      </div>
      <p className={styles.explain}>{t(`explain.${status}`)}</p>
      {activity.failureReason !== undefined && (
        <Notice tone="attention" title={t('reason')}>
          {activity.failureReason}
        </Notice>
      )}
      {activity.seenInPublic && <Notice tone="caution">{t('seenInPublic')}</Notice>}
      <TradeReceipt activity={activity} />
      <Facts
        rows={[
          ...(activity.kind === 'undelegate'
            ? []
            : [{ term: t('amount'), detail: inFull(swap?.sold ?? activity.units, token) }]),
          {
            term: t('from'),
            detail: <Address address={activity.from} name={ownNameOf(activity.from)} nameFrom="account" />,
            isWide: true,
          },
          {
            term: activity.kind === 'undelegate' ? t('delegate') : t('to'),
            detail: (
              <Address
                address={activity.to}
                name={toName ?? activity.toName}
                nameFrom={toName === undefined ? 'ens' : 'account'}
              />
            ),
            isWide: true,
          },
          ...(swap
            ? [
                { term: t('quoted'), detail: inFull(swap.quoted, swap.buy) },
                { term: t('minimum'), detail: inFull(swap.minimum, swap.buy) },
                ...(swap.bought === undefined
                  ? []
                  : [{ term: t('received'), detail: inFull(swap.bought, swap.buy) }]),
              ]
            : []),
          ...(channel === undefined ? [] : [{ term: t('channel'), detail: t(channel) }]),
          { term: t('network'), detail: chainName(activity.chainId) },
          ...(receipt
            ? [
                {
                  term: t('fee'),
                  detail: (
                    <Amount
                      units={receipt.fee}
                      decimals={18}
                      symbol={chain?.nativeSymbol ?? ''}
                      maximumFractionDigits="significant"
                      rounding="up"
                    />
                  ),
                },
                { term: t('block'), detail: formatInteger(receipt.blockNumber, locale) },
                { term: t('confirmations'), detail: format.number(receipt.confirmations) },
                { term: t('confirmedAt'), detail: dateTime(receipt.blockTimestampMs) },
              ]
            : []),
          { term: t('created'), detail: dateTime(activity.createdAtMs) },
          { term: t('nonce'), detail: String(activity.nonce) },
          {
            term: t('hash'),
            detail: (
              <span className={styles.hash}>
                <GroupedHex hex={activity.transactionHash} />
                <CopyButton text={activity.transactionHash} what={t('hash')} />
              </span>
            ),
            isWide: true,
          },
        ]}
      />
    </div>
  )
}
