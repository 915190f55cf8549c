import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import { costMethods } from '../../../shared/contract/settings.ts'
import { tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useFiat } from '../../api/useFiat.ts'
import { Facts } from '../../design/Facts.tsx'
import { formatFiat } from '../../design/formatFiat.ts'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import styles from './HoldingInspector.module.css'

/** What a token cost and gained, over all accounts; what is not known of it is said to be unknown. */
export function CostFacts({ token }: { readonly token: Token }) {
  const t = useTranslations('portfolio.cost')
  const locale = useLocale()
  const fiat = useFiat()
  const method = useQuery(queries.settings).data?.costMethod ?? 'fifo'
  const bases = useQuery(queries.costBasis(fiat.currency, method)).data
  const basis = bases?.find((each) => tokenKey(each.token) === tokenKey(token.ref))
  if (!basis) return null
  const money = (value: bigint, isChange: boolean) =>
    formatFiat(value, { currency: fiat.currency, locale, isChange })
  const amount = (units: bigint) => <TokenAmount units={units} token={token} maximumFractionDigits={6} />
  const value = fiat.valueOf(basis.knownUnits, token)
  const unknownUnits = basis.units - basis.knownUnits
  const isKnown = basis.knownUnits > 0n
  return (
    <section className={styles.cost}>
      <h3 className={styles.subtitle}>{t('title')}</h3>
      <Facts
        rows={[
          { term: t('cost'), detail: isKnown ? money(basis.cost, false) : t('unknown') },
          {
            term: t('unrealised'),
            detail: isKnown && value !== undefined ? money(value - basis.cost, true) : t('unknown'),
          },
          {
            term: t('realised'),
            detail:
              basis.unaccountedUnits > 0n && basis.realised === 0n
                ? t('unknown')
                : money(basis.realised, true),
          },
          ...(unknownUnits > 0n ? [{ term: t('unknownCost'), detail: amount(unknownUnits) }] : []),
          ...(basis.unaccountedUnits > 0n
            ? [{ term: t('unaccounted'), detail: amount(basis.unaccountedUnits) }]
            : []),
        ]}
      />
      <SegmentedChoice
        label={t('method')}
        value={method}
        options={costMethods.map((each) => ({ value: each, label: t(`methods.${each}`) }))}
        onChange={(costMethod) => void mainApi().settings.update({ costMethod })}
      />
      <p className={styles.asOf}>{t('note')}</p>
    </section>
  )
}
