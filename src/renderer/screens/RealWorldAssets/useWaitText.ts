import { useLocale, useTranslations } from 'use-intl'
import type { AssetGap } from '../../../shared/contract/realWorldAssets.ts'
import { formatBps } from '../../parts/formatTokenAmount.ts'

/** What it means that the issuer answers on request: how long the money is bound, what the gain is a year, and what may eat it. */
export function useWaitText(): (wait: AssetGap['wait'], resultBps: number) => string | undefined {
  const t = useTranslations('realWorldAssets.wait')
  const locale = useLocale()
  return (wait, resultBps) => {
    if (!wait) return undefined
    const fall = formatBps(resultBps, locale)
    if (wait.days === undefined || wait.yearlyBps === undefined) return t('unknown', { fall })
    return t('days', { days: wait.days, yearly: formatBps(wait.yearlyBps, locale), fall })
  }
}
