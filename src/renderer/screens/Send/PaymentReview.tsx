import { useEffect, useRef } from 'react'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type { PaymentPlan } from '../../../shared/contract/payments.ts'
import type { Failure } from '../../../shared/errors/Result.ts'
import { findName, nameParty } from '../../api/nameParty.ts'
import { Address } from '../../design/Address.tsx'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatAmount } from '../../design/formatAmount.ts'
import { formatSignedBps, formatUsd } from '../../design/formatUsd.ts'
import { Notice } from '../../design/Notice.tsx'
import { useNow } from '../../design/useNow.ts'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './TransferReview.module.css'

interface PaymentReviewProps {
  readonly plan: PaymentPlan
  readonly amount: string
  readonly isBusy: boolean
  readonly error: Failure | undefined
  readonly onContinue: () => void
  readonly onEdit: () => void
}

/** Which coin will arrive, at which rate against the reference, and what has to be converted first. */
export function PaymentReview({ plan, amount, isBusy, error, onContinue, onEdit }: PaymentReviewProps) {
  const t = useTranslations('send.pay')
  const ts = useTranslations('send.preview')
  const ta = useTranslations('assets')
  const locale = useLocale()
  const amounts = useAmounts()
  const format = useFormatter()
  const errorText = useErrorText()
  const headingRef = useRef<HTMLHeadingElement>(null)
  useEffect(() => headingRef.current?.focus(), [])
  const { coin, units, recipient, rate, conversion, passedOver, currency, held } = plan
  const isExpired = useNow(1_000) >= (conversion?.quote.expiresAtMs ?? Number.POSITIVE_INFINITY)
  const obstacle = conversion?.quote.obstacle
  const { reference } = rate
  return (
    <section className={styles.review}>
      <h2 ref={headingRef} tabIndex={-1} className={styles.sentence}>
        {t('sentence', {
          recipient: nameParty(recipient),
          amount: amounts.exact(units, coin),
          asked: `${amount} ${currency}`,
        })}
      </h2>
      <p>
        {conversion
          ? t('converts', {
              sold: amounts.short(conversion.quote.maximumSold, conversion.quote.sell, 'up'),
              bought: amounts.short(conversion.quote.buyUnits, coin, 'down'),
            })
          : t('enough')}
      </p>
      {rate.deviationBps !== undefined && Math.abs(rate.deviationBps) > 100 && (
        <Notice tone="caution">{ts('warnings.offPeg')}</Notice>
      )}
      {passedOver.map(({ symbol, rule }) => (
        <Notice key={symbol} tone="info">
          {t('passedOver', {
            symbol,
            reason: errorText({ code: 'asset.transferRefused', params: { rule, symbol, words: 'none' } }),
          })}
        </Notice>
      ))}
      <Facts
        rows={[
          {
            term: ts('to'),
            detail: <Address address={recipient.address} {...findName(recipient)} />,
            isWide: true,
          },
          {
            term: t('mayReceive'),
            detail: t('mayReceiveYes', { symbol: coin.symbol }),
          },
          {
            term: t('held'),
            detail: <TokenAmount units={held} token={coin} maximumFractionDigits={2} />,
          },
          {
            term: t('rate'),
            detail:
              rate.coinE8 === undefined
                ? t('noRate')
                : `1 ${coin.symbol} = ${formatAmount(amounts.perShown(rate.coinE8, coin), 8, { locale, maximumFractionDigits: 6 })} ${currency}${
                    rate.deviationBps === undefined
                      ? ''
                      : ` · ${t('fromPeg', { distance: formatSignedBps(rate.deviationBps, locale) })}`
                  }`,
            isWide: true,
          },
          ...(reference
            ? [
                {
                  term: reference.description,
                  detail: `${formatUsd(reference.usdE8, locale)} · ${ta(
                    reference.isStale ? 'feedStale' : 'feedAge',
                    {
                      at: format.dateTime(reference.updatedAtMs, { dateStyle: 'short', timeStyle: 'short' }),
                    },
                  )}`,
                  isWide: true,
                },
              ]
            : []),
          ...(conversion
            ? [
                {
                  term: t('cost'),
                  detail: formatSignedBps(conversion.quote.cost.totalBps, locale).replace('+', ''),
                },
                ...(conversion.aboveReferenceBps === undefined
                  ? []
                  : [
                      {
                        term: t('aboveReference'),
                        detail: formatSignedBps(conversion.aboveReferenceBps, locale),
                      },
                    ]),
              ]
            : []),
        ]}
      />
      {conversion && <p className={styles.note}>{t('twoSteps')}</p>}
      {obstacle && (
        <Notice tone="attention" role="alert">
          {t(`obstacles.${obstacle}`)}
        </Notice>
      )}
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      {isExpired && (
        <Notice tone="caution" role="alert">
          {t('expired')}
        </Notice>
      )}
      <div className={styles.actions}>
        <Button variant="quiet" onClick={onEdit}>
          {ts('edit')}
        </Button>
        <Button
          variant="primary"
          size="large"
          isBusy={isBusy}
          disabled={isExpired || obstacle !== undefined}
          onClick={onContinue}
        >
          {t(conversion ? 'convertFirst' : 'reviewTransfer')}
        </Button>
      </div>
      <p className={styles.note}>{ts('continueHint')}</p>
    </section>
  )
}
