import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { TransferPreview } from '../../../shared/contract/transfers.ts'
import type { Failure } from '../../../shared/errors/Result.ts'
import { findName, nameParty } from '../../api/nameParty.ts'
import { queries } from '../../api/queries.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Address } from '../../design/Address.tsx'
import { Amount } from '../../design/Amount.tsx'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatFee, formatInteger } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { useNow } from '../../design/useNow.ts'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { BalanceChanges } from './BalanceChanges.tsx'
import { FeeChoice, type FeeSpeed } from './FeeChoice.tsx'
import styles from './TransferReview.module.css'

interface TransferReviewProps {
  readonly preview: TransferPreview
  readonly error: Failure | undefined
  /** The speed that it was reviewed with. */
  readonly speed: FeeSpeed
  readonly onSpeed: (speed: FeeSpeed) => void
  readonly onContinue: () => void
  readonly onEdit: () => void
}

/** What the transfer will do, in words first and in figures below. */
export function TransferReview({ preview, error, speed, onSpeed, onContinue, onEdit }: TransferReviewProps) {
  const t = useTranslations('send.preview')
  const errorText = useErrorText()
  const locale = useLocale()
  const amounts = useAmounts()
  const chainName = useChainNames()
  const nativeSymbol =
    useQuery(queries.chains).data?.find((chain) => chain.chainId === preview.chainId)?.nativeSymbol ?? ''
  const headingRef = useRef<HTMLHeadingElement>(null)
  useEffect(() => headingRef.current?.focus(), [])
  const secondsLeft = Math.ceil((preview.expiresAtMs - useNow(1_000)) / 1_000)
  const isExpired = secondsLeft <= 0
  const { token, units, recipient, fee, simulation } = preview
  const isNative = token.ref.address === 'native'
  return (
    <section className={styles.review}>
      <h2 ref={headingRef} tabIndex={-1} className={styles.sentence}>
        {t('sentence', {
          amount: amounts.exact(units, token),
          recipient: nameParty(recipient),
        })}{' '}
        <span className={styles.cost}>
          {t('cost', { fee: formatFee(fee.maximum, nativeSymbol, locale) })}
        </span>
      </h2>
      {preview.warnings.map((warning) => (
        <Notice key={warning} tone={toneOf(warning)}>
          {t(`warnings.${warning}`)}
        </Notice>
      ))}
      <Facts
        rows={[
          {
            term: t('to'),
            detail: <Address address={recipient.address} {...findName(recipient)} />,
            isWide: true,
          },
          { term: t('network'), detail: chainName(preview.chainId) },
          {
            term: `${t('fee')} · ${t('feeExpected')}`,
            detail: <Fee units={fee.expected} symbol={nativeSymbol} />,
          },
          {
            term: `${t('fee')} · ${t('feeMaximum')}`,
            detail: <Fee units={fee.maximum} symbol={nativeSymbol} />,
          },
          ...(fee.data === undefined
            ? []
            : [{ term: t('feeData'), detail: <Fee units={fee.data} symbol={nativeSymbol} /> }]),
          {
            term: t('after'),
            detail: (
              <span className={styles.after}>
                <TokenAmount units={preview.balanceAfter} token={token} />
                {!isNative && (
                  <Amount units={preview.nativeBalanceAfter} decimals={18} symbol={nativeSymbol} />
                )}
              </span>
            ),
          },
        ]}
      />
      <FeeChoice preview={preview} symbol={nativeSymbol} speed={speed} onSpeed={onSpeed} />
      <BalanceChanges accountId={preview.accountId} recipient={recipient} changes={simulation.changes} />
      <p className={styles.note}>
        {t('changesNote', { number: formatInteger(simulation.blockNumber, locale) })}
      </p>
      <details className={styles.details}>
        <summary>{t('technical')}</summary>
        <Facts
          rows={[
            { term: t('nonce'), detail: String(preview.nonce) },
            { term: t('gas'), detail: formatInteger(fee.gasLimit, locale) },
          ]}
        />
      </details>
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
          {t('edit')}
        </Button>
        <Button variant="primary" size="large" disabled={isExpired} onClick={onContinue}>
          {t('continue')}
        </Button>
      </div>
      <p className={styles.note}>
        {t('continueHint')} {!isExpired && t('expiresIn', { seconds: secondsLeft })}
      </p>
    </section>
  )
}

type Warning = TransferPreview['warnings'][number]

function toneOf(warning: Warning): 'info' | 'caution' | 'attention' {
  if (warning === 'recipientIsOwnAccount') return 'info'
  return warning === 'recipientResemblesKnown' || warning === 'nameIsFalse' ? 'attention' : 'caution'
}

function Fee({ units, symbol }: { readonly units: bigint; readonly symbol: string }) {
  return (
    <Amount units={units} decimals={18} symbol={symbol} rounding="up" maximumFractionDigits="significant" />
  )
}
