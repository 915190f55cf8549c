import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AppError } from '../../../shared/errors/AppError.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { Button } from '../../design/Button.tsx'
import { Icon } from '../../design/Icon.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { FiatValue } from '../../parts/FiatValue.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './AmountPanel.module.css'
import type { Side } from './swapDraft.ts'

interface AmountPanelProps {
  readonly side: Side
  readonly token: Token | undefined
  readonly value: string
  /** Found from the other side rather than typed. */
  readonly isFound: boolean
  /** Found for what was typed before. */
  readonly isStale: boolean
  readonly isMax: boolean
  readonly balance: bigint | undefined
  readonly error: AppError | undefined
  /** More than there is. */
  readonly isShort: boolean
  readonly onType: (amount: string) => void
  readonly onMax: (() => void) | undefined
  readonly onEnter: () => void
  readonly onPick: () => void
}

/** One side of the trade: an amount and its token. */
export function AmountPanel(props: AmountPanelProps) {
  const {
    side,
    token,
    value,
    isFound,
    isStale,
    isMax,
    balance,
    error,
    isShort,
    onType,
    onMax,
    onEnter,
    onPick,
  } = props
  const t = useTranslations('swap')
  const amounts = useAmounts()
  const errorText = useErrorText()
  const id = useId()
  // What is found changes with every block: while the cursor is in it, it stays, or what is typed would be put behind it.
  const [held, setHeld] = useState<string>()
  const shown = (isMax || isFound) && held !== undefined ? held : value
  const isPay = side === 'sell'
  const units = amounts.read(value, token)
  const text = error
    ? errorText({ code: error.code, params: error.params, retryable: false })
    : isShort
      ? errorText({ code: 'amount.overBalance', params: {}, retryable: false })
      : undefined
  return (
    <div className={styles.panel} data-invalid={text !== undefined || undefined}>
      <div className={styles.head}>
        <label htmlFor={id} className={styles.label}>
          {t(isPay ? 'pay' : 'receive')}
        </label>
        <span className={styles.aside} id={`${id}-balance`}>
          {token && balance !== undefined && t('balance', { amount: amounts.short(balance, token, 'down') })}
        </span>
        {onMax && (
          <Button
            size="small"
            variant="quiet"
            className={styles.max}
            title={t('maxHint')}
            aria-pressed={isMax}
            disabled={!balance}
            onClick={onMax}
          >
            {t('max')}
          </Button>
        )}
      </div>
      <div className={styles.line}>
        <input
          id={id}
          className={styles.amount}
          data-found={isFound || undefined}
          data-stale={isStale || shown !== value || undefined}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          placeholder="0"
          aria-describedby={text ? `${id}-balance ${id}-error` : `${id}-balance`}
          aria-invalid={text !== undefined || undefined}
          disabled={!token}
          value={shown}
          onFocus={(event) => {
            if (!isMax && !isFound) return
            setHeld(value)
            event.currentTarget.select()
          }}
          onBlur={() => setHeld(undefined)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            onEnter()
          }}
          onChange={(event) => {
            const typed = event.currentTarget.value
            setHeld(undefined)
            onType(isMax ? typed.replace(/[^\d.]/g, '') : typed)
          }}
        />
        <button type="button" className={styles.token} aria-haspopup="dialog" onClick={onPick}>
          <span className="visually-hidden">
            {token
              ? t(isPay ? 'tokenPay' : 'tokenReceive', { symbol: token.symbol })
              : t(isPay ? 'choosePay' : 'chooseReceive')}
          </span>
          {token && <TokenMark symbol={token.symbol} assetClass={token.assetClass} />}
          <span className={styles.symbol} data-alone={!token || undefined} aria-hidden="true">
            {token?.symbol ?? t('choose')}
          </span>
          <Icon name="chevron" size={16} />
        </button>
      </div>
      {token && units !== undefined && units > 0n && (
        <p className={styles.worth}>
          <FiatValue units={units} token={token} />
        </p>
      )}
      <div aria-live="polite">
        {text && (
          <p id={`${id}-error`} className={styles.error}>
            {text}
          </p>
        )}
      </div>
    </div>
  )
}
