import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { encodeCsv } from '../../../shared/csv/encodeCsv.ts'
import type { AccountId, TokenRef } from '../../../shared/identity/identity.ts'
import { matchesToken } from '../../api/matchesToken.ts'
import { queries } from '../../api/queries.ts'
import { type Holding, selectHoldings } from '../../api/selectHoldings.ts'
import { summarisePortfolio } from '../../api/summarisePortfolio.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { useFiat } from '../../api/useFiat.ts'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'
import { formatFiat } from '../../design/formatFiat.ts'
import { Icon } from '../../design/Icon.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Pane } from '../../design/Pane.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { useCsvExport } from '../../parts/useCsvExport.ts'
import { ChainNotices } from './ChainNotices.tsx'
import { EmptyPortfolio } from './EmptyPortfolio.tsx'
import { HoldingInspector } from './HoldingInspector.tsx'
import { HoldingTable } from './HoldingTable.tsx'
import { isSmall, leastValue, sortByValue, toPortfolioRows } from './listHoldings.ts'
import styles from './PortfolioScreen.module.css'
import { PortfolioSummary } from './PortfolioSummary.tsx'

interface PortfolioScreenProps {
  readonly accountId: AccountId | undefined
  readonly onSend: (token: TokenRef) => void
  readonly onReceive: () => void
  readonly onOpenNetworks: () => void
}

const classes = ['coin', 'stablecoin', 'rwa', 'token'] as const

/** What the chosen accounts hold, by kind, renewed with every block. */
export function PortfolioScreen({ accountId, onSend, onReceive, onOpenNetworks }: PortfolioScreenProps) {
  const t = useTranslations('portfolio')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const locale = useLocale()
  const { data: portfolio, error } = useQuery(queries.portfolio)
  const [query, setQuery] = useState('')
  const [selectedKey, setSelectedKey] = useState<string>()
  const [hidesSmall, setHidesSmall] = useState(false)
  const fiat = useFiat()
  const amounts = useAmounts()
  const chainName = useChainNames()
  const exporting = useCsvExport()
  const holdings = useMemo(
    () => (portfolio ? selectHoldings(portfolio, accountId) : []),
    [portfolio, accountId],
  )
  const summary = useMemo(() => summarisePortfolio(holdings, fiat), [holdings, fiat])
  const shown = useMemo(
    () =>
      sortByValue(holdings, fiat.valueOf).filter(
        ({ token, units }) =>
          matchesToken(token, query) && !(hidesSmall && isSmall(fiat.valueOf(units, token))),
      ),
    [holdings, fiat, query, hidesSmall],
  )
  const selected = holdings.find((holding) => holding.key === selectedKey)
  const isEmpty = holdings.every((holding) => holding.units === 0n)

  const toCsvFile = () => ({
    suggestedName: 'minato-portfolio.csv',
    content: new TextEncoder().encode(
      encodeCsv(
        toPortfolioRows(shown, { currency: fiat.currency, amounts, worthOf: fiat.valueOf, chainName }),
      ),
    ),
  })

  const content = () => {
    if (error) {
      return (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )
    }
    if (!portfolio) return <Skeleton rows={8} label={tc('loading')} />
    if (isEmpty) {
      return <EmptyPortfolio accountId={accountId} onReceive={onReceive} onOpenNetworks={onOpenNetworks} />
    }
    if (shown.length === 0) return <p className={styles.nothing}>{t('nothingFound', { query })}</p>
    return <Groups holdings={shown} selectedKey={selected?.key} onSelect={setSelectedKey} />
  }
  return (
    <Pane
      title={t('title')}
      aside={
        isEmpty ? undefined : (
          <div className={styles.tools}>
            <Checkbox isChecked={hidesSmall} onChange={setHidesSmall}>
              {t('hideSmall', { least: formatFiat(leastValue, { currency: fiat.currency, locale }) })}
            </Checkbox>
            <TextInput
              type="search"
              className={styles.filter}
              aria-label={t('filter')}
              placeholder={t('filter')}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
            <Button
              size="small"
              isBusy={exporting.isPending}
              onClick={() => void exporting.run(async () => ({ ok: true, value: toCsvFile() }))}
            >
              <Icon name="save" size={16} />
              {t('export')}
            </Button>
            <span className="visually-hidden" role="status">
              {exporting.isSaved && t('exported')}
            </span>
          </div>
        )
      }
      {...(isEmpty
        ? {}
        : {
            inspector: {
              label: t('inspector.label'),
              content: selected ? (
                <HoldingInspector holding={selected} onSend={onSend} onReceive={onReceive} />
              ) : (
                <EmptyState title={t('noSelection.title')}>{t('noSelection.text')}</EmptyState>
              ),
            },
          })}
    >
      {portfolio && <ChainNotices failures={portfolio.failures} />}
      {!isEmpty && portfolio && <PortfolioSummary summary={summary} accountId={accountId} />}
      {exporting.error && (
        <Notice tone="attention" role="alert">
          {errorText(exporting.error)}
        </Notice>
      )}
      {content()}
    </Pane>
  )
}

interface GroupsProps {
  readonly holdings: readonly Holding[]
  readonly selectedKey: string | undefined
  readonly onSelect: (key: string) => void
}

function Groups({ holdings, selectedKey, onSelect }: GroupsProps) {
  const t = useTranslations('portfolio')
  return (
    <div className={styles.groups}>
      {classes.map((assetClass) => {
        const members = holdings.filter((holding) => holding.token.assetClass === assetClass)
        if (members.length === 0) return null
        return (
          <HoldingTable
            key={assetClass}
            title={t(`classes.${assetClass}`)}
            holdings={members}
            selectedKey={selectedKey}
            onSelect={onSelect}
          />
        )
      })}
    </div>
  )
}
