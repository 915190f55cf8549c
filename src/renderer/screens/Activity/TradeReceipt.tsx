import { useLocale, useTranslations } from 'use-intl'
import type { Activity } from '../../../shared/contract/activity.ts'
import { Address } from '../../design/Address.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'

/** What a trade was said to cost, what it would have given before anybody else in its block, and whether somebody stood in between. */
export function TradeReceipt({ activity }: { readonly activity: Activity }) {
  const t = useTranslations('activity.receipt')
  const locale = useLocale()
  const amounts = useAmounts()
  const { swap, token, status, channel, seenInPublic } = activity
  if (!swap) return null
  const { costs, execution } = swap
  const isPurchase = costs?.exact === 'buy'
  const varies = isPurchase ? token : swap.buy
  const amount = (units: bigint, of: Activity['token']) => (
    <TokenAmount units={units} token={of} maximumFractionDigits="significant" />
  )
  const words = (units: bigint) =>
    amounts.write(units, varies, { rounding: 'up', maximumFractionDigits: 'significant' })
  const attack = execution?.sandwich
  const spared = costs && channel && !seenInPublic && !attack ? costs.publicLoss : 0n
  return (
    <>
      {status === 'confirmed' &&
        (attack ? (
          <Notice tone="attention" title={t('attacked')}>
            {attack.loss === undefined ? t('lossUnknown') : t('loss', { loss: words(attack.loss) })}{' '}
            {t(`evidence.${attack.evidence}`)}
          </Notice>
        ) : execution ? (
          <Notice tone="safe" title={t('untouched')}>
            {spared > 0n && t('spared', { spared: words(spared) })}
          </Notice>
        ) : (
          <Notice tone="info">{t('unexamined')}</Notice>
        ))}
      <Facts
        rows={[
          ...(costs
            ? [
                { term: t('atMarket'), detail: amount(costs.atMarket, swap.buy) },
                { term: t('impact'), detail: amount(costs.impact, swap.buy) },
                { term: t('poolFees'), detail: amount(costs.poolFees, swap.buy) },
              ]
            : []),
          ...(execution?.atBlockStart
            ? [
                {
                  term: t('atBlockStart'),
                  detail: amount(
                    isPurchase ? execution.atBlockStart.sold : execution.atBlockStart.bought,
                    varies,
                  ),
                },
              ]
            : []),
          ...(execution
            ? [
                {
                  term: t('position'),
                  detail: t('place', {
                    place: formatInteger(BigInt(execution.position + 1), locale),
                    count: formatInteger(BigInt(execution.transactionsInBlock), locale),
                  }),
                },
              ]
            : []),
          ...(attack
            ? [{ term: t('attacker'), detail: <Address address={attack.attacker} />, isWide: true }]
            : []),
        ]}
      />
    </>
  )
}
