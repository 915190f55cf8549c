import { useLocale, useTranslations } from 'use-intl'
import type { AssetGap } from '../../../shared/contract/realWorldAssets.ts'
import { tokenKey } from '../../../shared/identity/identity.ts'
import { formatSignedBps } from '../../design/formatUsd.ts'
import styles from '../../parts/AssetTable.module.css'
import { useAmounts } from '../../parts/useAmounts.ts'

/** Assets that trade further from what they stand for than a round trip in them costs. */
export function GapWatch({ gaps }: { readonly gaps: readonly AssetGap[] }) {
  const t = useTranslations('realWorldAssets.gapWatch')
  const locale = useLocale()
  const amounts = useAmounts()
  return (
    <section className={styles.group}>
      <h2 className={styles.title}>{t('title')}</h2>
      {gaps.length === 0 && <p className={styles.quiet}>{t('none')}</p>}
      {gaps.length > 0 && (
        <table className={styles.table} aria-label={t('title')}>
          <thead>
            <tr>
              <th scope="col">{t('asset')}</th>
              <th scope="col" className={styles.number}>
                {t('distance')}
              </th>
              <th scope="col" className={styles.number}>
                {t('cost')}
              </th>
              <th scope="col" className={styles.number}>
                {t('left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {gaps.map(({ token, premiumBps, roundTripBps, money, spend, result, resultBps }) => (
              <tr key={tokenKey(token.ref)} className={styles.row}>
                <td>{token.symbol}</td>
                <td className={styles.number}>{formatSignedBps(premiumBps, locale)}</td>
                <td className={styles.number}>{formatSignedBps(-roundTripBps, locale)}</td>
                <td
                  className={styles.number}
                  title={t('leftOf', {
                    spend: amounts.number(spend, money),
                    symbol: money.symbol,
                  })}
                >
                  {amounts.write(result, money, { maximumFractionDigits: 2 })} (
                  {formatSignedBps(resultBps, locale)})
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.quiet}>{t('explain')}</p>
    </section>
  )
}
