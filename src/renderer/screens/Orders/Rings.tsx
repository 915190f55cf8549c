import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { formatInteger } from '../../design/formatAmount.ts'
import { Section } from '../../design/Section.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './OrderList.module.css'

interface RingsProps {
  readonly chainId: ChainId
}

/** Orders that pay each other, and what each would get beyond its limit; nothing where there are none. */
export function Rings({ chainId }: RingsProps) {
  const t = useTranslations('orders.rings')
  const locale = useLocale()
  const amounts = useAmounts()
  const rings = useQuery(queries.orderRings(chainId)).data ?? []
  if (rings.length === 0) return null
  return (
    <Section title={t('title')}>
      <p className={styles.note}>{t('text')}</p>
      {rings.map(({ orders }) => {
        const key = orders.map(({ id }) => id).join(' ')
        return (
          <ol
            key={key}
            className={styles.list}
            aria-label={t('label', { count: formatInteger(BigInt(orders.length), locale) })}
          >
            {orders.map(({ id, source, isOwn, give, get, sold, bought, surplus }) => (
              <li key={id} className={styles.member}>
                <TokenMark symbol={give.symbol} assetClass={give.assetClass} />
                <span className={styles.what}>
                  <span className={styles.title}>
                    {t('line', {
                      give: amounts.short(sold, give, 'up'),
                      receive: amounts.short(bought, get, 'down'),
                    })}
                  </span>
                  <span className={styles.note}>
                    {t(source === 'armed' ? 'armed' : isOwn ? 'ownSigned' : 'signed')}
                  </span>
                </span>
                <span className={styles.price}>
                  {t('surplus', { amount: amounts.short(surplus, get, 'down') })}
                </span>
              </li>
            ))}
          </ol>
        )
      })}
    </Section>
  )
}
