import { useQuery } from '@tanstack/react-query'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type { Activity } from '../../../shared/contract/activity.ts'
import { tokenKey } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { useNameOf } from '../../api/useNameOf.ts'
import { Address, GroupedHex } from '../../design/Address.tsx'
import { Amount } from '../../design/Amount.tsx'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { FiatValue } from '../../parts/FiatValue.tsx'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './ActivityScreen.module.css'
import { ActivityStatusBadge } from './ActivityStatusBadge.tsx'
import { describePrice } from './describePrice.ts'
import { NoteForm } from './NoteForm.tsx'
import { PendingActions } from './PendingActions.tsx'
import { SuspicionNotice } from './SuspicionNotice.tsx'
import { TradeReceipt } from './TradeReceipt.tsx'
import { useActivitySentence } from './useActivitySentence.ts'

/** Everything about one entry: no block explorer is needed. */
export function ActivityInspector({
  activity,
  onSelect,
}: {
  readonly activity: Activity
  readonly onSelect: (activityId: string) => void
}) {
  const t = useTranslations('activity')
  const format = useFormatter()
  const locale = useLocale()
  const chainName = useChainNames()
  const sentenceOf = useActivitySentence()
  const chain = useQuery(queries.chains).data?.find((candidate) => candidate.chainId === activity.chainId)
  const { token, receipt, status, swap, channel, effects } = activity
  const inFull = (units: bigint, of: Activity['token']) => (
    <>
      <TokenAmount units={units} token={of} isExact /> <FiatValue units={units} token={of} isOptional />
    </>
  )
  const nameOf = useNameOf()
  const dateTime = (timestampMs: number) =>
    format.dateTime(timestampMs, { dateStyle: 'medium', timeStyle: 'medium' })
  const party = (address: Activity['to'], known?: Parameters<typeof nameOf>[1]) => {
    const { name, source } = nameOf(address, known)
    const isNamed = source !== undefined || known?.name !== undefined
    return (
      <Address address={address} {...(isNamed ? { name } : {})} {...(source ? { nameFrom: source } : {})} />
    )
  }
  const price = describePrice(activity, useAmounts(), locale)
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
      <SuspicionNotice activity={activity} />
      {activity.observed && !activity.suspicion && <p className={styles.explain}>{t('observed')}</p>}
      <PendingActions activity={activity} onSelect={onSelect} />
      <TradeReceipt activity={activity} />
      <Facts
        rows={[
          ...(activity.kind === 'undelegate'
            ? []
            : [
                effects
                  ? {
                      term: t('effects'),
                      detail: effects.map((effect) => (
                        <div key={tokenKey(effect.token.ref)}>
                          <TokenAmount units={effect.delta} token={effect.token} isChange />
                        </div>
                      )),
                    }
                  : { term: t('amount'), detail: inFull(swap?.sold ?? activity.units, token) },
              ]),
          ...(price ? [{ term: t('price'), detail: t('pricePer', price) }] : []),
          {
            term: t('from'),
            detail: party(activity.from),
            isWide: true,
          },
          {
            term: activity.kind === 'undelegate' ? t('delegate') : t('to'),
            detail: party(activity.to, { name: activity.toName, source: activity.toNameFrom }),
            isWide: true,
          },
          ...(swap
            ? [
                { term: t('quoted'), detail: inFull(swap.quoted, swap.buy) },
                { term: t('minimum'), detail: inFull(swap.minimum, swap.buy) },
                ...(swap.bought === undefined
                  ? []
                  : [{ term: t('bought'), detail: inFull(swap.bought, swap.buy) }]),
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
          ...(activity.nonce === undefined ? [] : [{ term: t('nonce'), detail: String(activity.nonce) }]),
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
      <NoteForm activity={activity} />
    </div>
  )
}
