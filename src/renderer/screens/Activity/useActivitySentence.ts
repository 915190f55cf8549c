import { useCallback } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Activity } from '../../../shared/contract/activity.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import { nameParty } from '../../api/nameParty.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { formatAmount } from '../../design/formatAmount.ts'

/** Tells an entry in a sentence: "Sent 25 USDC to Hana". */
export function useActivitySentence(): (activity: Activity) => string {
  const t = useTranslations('activity')
  const locale = useLocale()
  const accounts = useAccounts()
  return useCallback(
    ({ token, units, to, toName }) => {
      const own = accounts.find((account) => isSameAddress(account.address, to))
      const amount = `${formatAmount(units, token.decimals, { locale })} ${token.symbol}`
      const recipient = own?.name ?? nameParty({ address: to, ensName: toName })
      return own ? t('moved', { amount, recipient }) : t('sent', { amount, recipient })
    },
    [t, locale, accounts],
  )
}
