import { useLocale, useTranslations } from 'use-intl'
import type { PriceSource } from '../../shared/contract/prices.ts'
import type { Token } from '../../shared/identity/token.ts'
import { useFiat } from '../api/useFiat.ts'
import { Badge } from '../design/Badge.tsx'
import { formatFiat } from '../design/formatFiat.ts'
import { useAge } from '../design/useAge.ts'
import { nameVenue } from './nameVenue.ts'
import styles from './PriceFacts.module.css'
import { useAmounts } from './useAmounts.tsx'

/** What a token's price rests on: how sure it is, how old, what every source says, and why some are not believed. */
export function PriceFacts({ token }: { readonly token: Token }) {
  const t = useTranslations('price')
  const locale = useLocale()
  const ageOf = useAge()
  const tv = useTranslations('swap.venues')
  const amounts = useAmounts()
  const fiat = useFiat()
  const price = fiat.priceOf(token.ref)
  if (!price) return null
  const amount = (usd: PriceSource['usd']) =>
    usd === undefined
      ? '–'
      : formatFiat(fiat.convert(usd), { currency: fiat.currency, locale, isPrice: true })
  const each = (usd: PriceSource['usd']) => amount(usd && amounts.perShown(usd, token))
  return (
    <section className={styles.price}>
      <h3 className={styles.title}>{t('title')}</h3>
      <p className={styles.value}>
        {price.state === 'known' ? t('each', { price: each(price.usd), symbol: token.symbol }) : t('none')}
        <span className={styles.age}>{ageOf(price.asOfMs)}</span>
      </p>
      <p className={styles.reason}>
        {price.state === 'known' ? t(`confidence.${price.confidence}`) : t(`reasons.${price.reason}`)}
      </p>
      {price.sources.length > 0 && (
        <ul className={styles.sources} aria-label={t('sources')}>
          {price.sources.map((source, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: sources have no other name, and come in a fixed order
            <li key={`${source.kind} ${index}`} className={styles.source}>
              <span className={styles.name}>{nameOf(source)}</span>
              <span className={styles.said}>{each(source.usd)}</span>
              <span className={styles.detail}>
                {source.kind === 'pool' && t('depth', { depth: amount(source.depthUsd) })}
                {source.kind === 'feed' &&
                  source.updatedAtMs !== undefined &&
                  t('updated', { age: ageOf(source.updatedAtMs) })}
              </span>
              {source.refused && <Badge tone="caution">{t(`refused.${source.refused}`)}</Badge>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )

  function nameOf(source: PriceSource): string {
    switch (source.kind) {
      case 'feed':
        return t(source.measures === 'underlying' ? 'underlyingFeed' : 'feed', { name: source.name })
      case 'redemption':
        return t('redemption', { symbol: source.assetSymbol })
      case 'pool':
        return t('pool', { venue: nameVenue(source, tv), symbol: source.quoteSymbol })
    }
  }
}
