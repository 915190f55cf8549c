import { type RefObject, useEffect, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { SwapChannel, SwapQuote } from '../../../shared/contract/swaps.ts'
import type { Failure } from '../../../shared/errors/Result.ts'
import type { BaseUnits } from '../../../shared/money/units.ts'
import { Button } from '../../design/Button.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import { joinSentences } from '../../design/joinSentences.ts'
import { Notice } from '../../design/Notice.tsx'
import { useNow } from '../../design/useNow.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { ConflictNotice } from './ConflictNotice.tsx'
import { CostFacts } from './CostFacts.tsx'
import { promiseOf } from './judgeQuote.ts'
import { QuoteFailure } from './QuoteFailure.tsx'
import styles from './QuoteReview.module.css'
import { RiskNotice } from './RiskNotice.tsx'
import { StepList } from './StepList.tsx'
import type { SwapDraft } from './swapDraft.ts'
import { useBlockAge } from './useBlockAge.ts'

interface QuoteReviewProps {
  readonly quote: SwapQuote
  readonly channel: SwapChannel
  readonly isCurrent: boolean
  /** What had been promised before, where the quote got worse since. */
  readonly before: BaseUnits | undefined
  readonly error: Failure | undefined
  readonly exchangeFeeBps: number
  readonly nativeSymbol: string
  readonly continueRef: RefObject<HTMLButtonElement | null>
  readonly onContinue: () => void
  readonly onAskAgain: () => void
  readonly onChange: (changes: Partial<SwapDraft>) => void
}

/** How long a worse promise stands before it can be accepted: so that a click meant for the better one does not accept it. */
export const armMs = 700

/** What the trade promises, what it risks, what it costs and what will be signed: in this order, and then the way on. */
export function QuoteReview(props: QuoteReviewProps) {
  const { quote, channel, isCurrent, before, error, exchangeFeeBps, nativeSymbol, onContinue, onChange } =
    props
  const t = useTranslations('swap')
  const locale = useLocale()
  const amounts = useAmounts()
  const age = useBlockAge(quote.blockTimestampMs)
  const isExpired = useNow(1_000) >= quote.expiresAtMs
  const isWorse = before !== undefined
  const isArmed = useArmedAfter(isWorse ? quote.quoteId : undefined, armMs)
  const { sell, buy } = quote
  const promise = promiseOf(quote)
  const gives = promise.side === 'receive'
  const write = (units: bigint) =>
    gives ? amounts.short(units, buy, 'down') : amounts.short(units, sell, 'up')
  const obstacle = {
    sellBalance: () => t('obstacle.sellBalance', { held: amounts.short(quote.sellBalance, sell, 'down') }),
    feeBalance: () => t('obstacle.feeBalance', { coin: nativeSymbol }),
    unlistedToken: () => t('obstacle.unlistedToken'),
  }
  return (
    <div className={styles.review} aria-busy={!isCurrent} data-stale={!isCurrent || undefined}>
      <div className={styles.promise}>
        <h2 className={styles.sentence} data-worse={isWorse || undefined}>
          {t(gives ? 'quote.receiveAtLeast' : 'quote.payAtMost', { amount: write(promise.units) })}
        </h2>
        <p className={styles.note}>
          {t(gives ? 'quote.payExactly' : 'quote.receiveExactly', {
            pay: amounts.short(quote.sellUnits, sell, 'up'),
            receive: amounts.short(quote.buyUnits, buy, 'down'),
          })}
        </p>
      </div>
      <RiskNotice quote={quote} channel={channel} onChange={onChange} />
      <ConflictNotice quote={quote} onChange={onChange} />
      {quote.warnings
        // The notices above say it, with the amounts and the ways out.
        .filter((warning) => warning !== 'attackable')
        .filter((warning) => warning !== 'toleranceTight' || !quote.mev.tolerance.conflict)
        .map((warning) => (
          <Notice key={warning} tone={warning === 'extremeImpact' ? 'attention' : 'caution'}>
            {t(`warnings.${warning}`)}
          </Notice>
        ))}
      <CostFacts quote={quote} exchangeFeeBps={exchangeFeeBps} nativeSymbol={nativeSymbol} />
      <StepList quote={quote} />
      <div className={styles.decision}>
        {quote.obstacle && <Notice tone="caution">{obstacle[quote.obstacle]()}</Notice>}
        {error && <QuoteFailure error={error} onAskAgain={props.onAskAgain} />}
        {isWorse && (
          <Notice tone="caution" title={t('worse.title')}>
            {t(gives ? 'worse.receive' : 'worse.pay', { now: write(promise.units), before: write(before) })}
          </Notice>
        )}
        <Button
          ref={props.continueRef}
          variant="primary"
          size="large"
          className={styles.continue}
          isBusy={!isArmed}
          disabled={!isCurrent || isExpired || quote.obstacle !== undefined}
          onClick={onContinue}
        >
          {isWorse ? t('worse.accept', { amount: write(promise.units) }) : t('continue')}
        </Button>
        <p className={styles.note}>
          {isExpired
            ? t('quote.expired')
            : joinSentences(
                t('quote.asOf', { number: formatInteger(quote.blockNumber, locale), age }),
                t('continueHint'),
              )}
        </p>
      </div>
    </div>
  )
}

/** Whether a key has stood for a while; always when there is none. */
function useArmedAfter(key: string | undefined, delayMs: number): boolean {
  const [armedKey, setArmedKey] = useState<string>()
  useEffect(() => {
    if (key === undefined) return
    const timer = setTimeout(() => setArmedKey(key), delayMs)
    return () => clearTimeout(timer)
  }, [key, delayMs])
  return key === undefined || armedKey === key
}
