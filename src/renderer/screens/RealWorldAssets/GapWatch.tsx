import { useLocale, useTranslations } from 'use-intl'
import type { AssetGap } from '../../../shared/contract/realWorldAssets.ts'
import { tokenKey } from '../../../shared/identity/identity.ts'
import { formatSignedBps } from '../../design/formatUsd.ts'
import styles from '../../parts/AssetTable.module.css'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { useWaitText } from './useWaitText.ts'

/** Assets that trade further from what they stand for than a round trip in them costs. */
export function GapWatch({ gaps }: { readonly gaps: readonly AssetGap[] }) {
  const t = useTranslations('realWorldAssets.gapWatch')
  const locale = useLocale()
  const waitText = useWaitText()
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
              <th scope="col">{t('closing')}</th>
              <th scope="col" className={styles.number}>
                {t('left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {gaps.map(
              ({ token, premiumBps, roundTripBps, closing, wait, money, spend, result, resultBps }) => (
                <tr key={tokenKey(token.ref)} className={styles.row}>
                  <td>{token.symbol}</td>
                  <td className={styles.number}>{formatSignedBps(premiumBps, locale)}</td>
                  <td className={styles.number}>{formatSignedBps(-roundTripBps, locale)}</td>
                  <td>
                    {t(`closings.${closing}`)}
                    {wait && (
                      <span className={styles.below}>
                        {wait.days === undefined ? t('onRequest') : t('afterDays', { days: wait.days })}
                      </span>
                    )}
                  </td>
                  <td
                    className={styles.number}
                    title={t('leftOf', {
                      spend: amounts.number(spend, money),
                      symbol: money.symbol,
                    })}
                  >
                    {amounts.write(result, money, { maximumFractionDigits: 2 })}
                    <span className={styles.below}>{formatSignedBps(resultBps, locale)}</span>
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      )}
      {gaps.map(
        ({ token, wait, resultBps }) =>
          wait && (
            <p key={tokenKey(token.ref)} className={styles.quiet}>
              {token.symbol}: {waitText(wait, resultBps)}
            </p>
          ),
      )}
      <p className={styles.quiet}>{t('explain')}</p>
    </section>
  )
}
