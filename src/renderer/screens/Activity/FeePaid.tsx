import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import type { Activity } from '../../../shared/contract/activity.ts'
import { queries } from '../../api/queries.ts'
import { useFiat } from '../../api/useFiat.ts'
import { formatFee } from '../../design/formatAmount.ts'
import { formatFiat } from '../../design/formatFiat.ts'
import styles from './ActivityScreen.module.css'

/** What the network took for an entry: in the user's currency where a price is known, else in the coin. */
export function FeePaid({ activity }: { readonly activity: Activity }) {
  const t = useTranslations('activity')
  const locale = useLocale()
  const fiat = useFiat()
  const chain = useQuery(queries.chains).data?.find(({ chainId }) => chainId === activity.chainId)
  const fee = activity.receipt?.fee ?? 0n
  if (fee === 0n || !chain) return null
  const value = fiat.valueOf(fee, { ref: { chainId: activity.chainId, address: 'native' }, decimals: 18 })
  const text =
    value === undefined
      ? formatFee(fee, chain.nativeSymbol, locale)
      : formatFiat(value, { currency: fiat.currency, locale })
  return <span className={styles.paid}>{t('paid', { fee: text })}</span>
}
