import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Portfolio } from '../../../shared/contract/portfolio.ts'
import type { SwapQuote } from '../../../shared/contract/swaps.ts'
import type { AppError } from '../../../shared/errors/AppError.ts'
import { type AccountId, type ChainId, tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { selectHoldings } from '../../api/selectHoldings.ts'
import { Button } from '../../design/Button.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import { Icon } from '../../design/Icon.tsx'
import { AssetDialog } from '../../parts/AssetDialog.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { AmountPanel } from './AmountPanel.tsx'
import styles from './SwapForm.module.css'
import { choose, flip, type Side, type SwapDraft } from './swapDraft.ts'
import { useBlockAge } from './useBlockAge.ts'

interface SwapFormProps {
  readonly draft: SwapDraft
  readonly portfolio: Portfolio
  readonly accountId: AccountId
  readonly chainId: ChainId
  readonly tokens: readonly Token[]
  readonly quote: SwapQuote | undefined
  readonly isCurrent: boolean
  /** An approval is open: what it shows must not change beneath it. */
  readonly isLocked: boolean
  readonly amountError: AppError | undefined
  readonly onChange: (changes: Partial<SwapDraft>) => void
  /** Enter in an amount leads to the decision; it does not take it. */
  readonly onEnter: () => void
}

/** What is paid and what is received; either amount can be typed, the other one is found. */
export function SwapForm(props: SwapFormProps) {
  const {
    draft,
    portfolio,
    accountId,
    chainId,
    tokens,
    quote,
    isCurrent,
    isLocked,
    amountError,
    onChange,
    onEnter,
  } = props
  const t = useTranslations('swap')
  const amounts = useAmounts()
  const [picking, setPicking] = useState<Side>()
  const holdings = selectHoldings(portfolio, accountId).filter((holding) => holding.chainId === chainId)
  const heldOf = (token: Token | undefined) =>
    token && (holdings.find(({ key }) => key === tokenKey(token.ref))?.units ?? 0n)
  const panel = (side: Side) => {
    const token = side === 'sell' ? draft.sell : draft.buy
    const isExact = draft.exact === side
    const isMax = isExact && draft.amount === 'max'
    const found = quote && (side === 'sell' ? quote.sellUnits : quote.buyUnits)
    const answered =
      token && found !== undefined ? amounts.plain(found, token, side === 'sell' ? 'up' : 'down') : ''
    const value = isMax
      ? isCurrent && answered !== ''
        ? answered
        : t('all')
      : isExact
        ? draft.amount
        : draft.amount.trim() === ''
          ? ''
          : answered
    return (
      <AmountPanel
        side={side}
        token={token}
        value={value}
        isFound={!isExact}
        isStale={!isExact && !isCurrent}
        isMax={isMax}
        balance={heldOf(token)}
        error={isExact ? amountError : undefined}
        isShort={side === 'sell' && isCurrent && quote?.obstacle === 'sellBalance'}
        onType={(amount) => onChange({ exact: side, amount })}
        onMax={side === 'sell' ? () => onChange({ exact: 'sell', amount: isMax ? '' : 'max' }) : undefined}
        onEnter={onEnter}
        onPick={() => setPicking(side)}
      />
    )
  }
  return (
    <form className={styles.form} aria-label={t('form')} onSubmit={(event) => event.preventDefault()}>
      <fieldset className={styles.sides} disabled={isLocked}>
        {panel('sell')}
        <Button
          className={styles.flip}
          aria-label={t('flip')}
          title={t('flip')}
          onClick={() => onChange(flip(draft))}
        >
          <Icon name="swap" />
        </Button>
        {panel('buy')}
      </fieldset>
      {quote && <RateLine quote={quote} isCurrent={isCurrent} />}
      {picking && (
        <AssetDialog
          chainId={chainId}
          holdings={holdings}
          tokens={tokens}
          onClose={() => setPicking(undefined)}
          onSelect={(token) => {
            setPicking(undefined)
            onChange(choose(draft, picking, token))
          }}
        />
      )}
    </form>
  )
}

function RateLine({ quote, isCurrent }: { readonly quote: SwapQuote; readonly isCurrent: boolean }) {
  const t = useTranslations('swap')
  const locale = useLocale()
  const amounts = useAmounts()
  const age = useBlockAge(quote.blockTimestampMs)
  const [isTurned, setTurned] = useState(false)
  const { sell, buy, sellUnits, buyUnits } = quote
  const [from, fromUnits, to, toUnits] = isTurned
    ? ([buy, buyUnits, sell, sellUnits] as const)
    : ([sell, sellUnits, buy, buyUnits] as const)
  return (
    <p className={styles.rate} data-stale={!isCurrent || undefined}>
      <button
        type="button"
        className={styles.turn}
        title={t('turnRate')}
        onClick={() => setTurned((turned) => !turned)}
      >
        {t('rate', {
          sell: from.symbol,
          rate: amounts.rate(fromUnits, from, toUnits, to),
          buy: to.symbol,
        })}
      </button>
      <span>
        {t('asOf', { number: formatInteger(quote.blockNumber, locale) })} · {age}
      </span>
    </p>
  )
}
