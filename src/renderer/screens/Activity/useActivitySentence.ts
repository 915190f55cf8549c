import { useCallback } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Activity } from '../../../shared/contract/activity.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { nameParty } from '../../api/nameParty.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { formatAmount } from '../../design/formatAmount.ts'

/** Tells an entry in a sentence: "Sent 25 USDC to Hana", "Swapped 1 ETH for 3,498 USDC". */
export function useActivitySentence(): (activity: Activity) => string {
  const t = useTranslations('activity')
  const locale = useLocale()
  const accounts = useAccounts()
  return useCallback(
    ({ kind, token, units, to, toName, swap }) => {
      const write = (amount: bigint, of: Token) =>
        `${formatAmount(amount, of.decimals, { locale })} ${of.symbol}`
      if (swap) {
        return t('swapped', {
          sold: write(swap.sold ?? units, token),
          bought: write(swap.bought ?? swap.quoted, swap.buy),
        })
      }
      const own = accounts.find((account) => isSameAddress(account.address, to))
      const amount = write(units, token)
      const recipient = own?.name ?? nameParty({ address: to, ensName: toName })
      if (kind === 'undelegate') return t('undelegated', { delegate: recipient })
      if (kind === 'cancelOrder') return t('ordersCancelled', { token: token.symbol })
      if (kind === 'call') return t('called', { contract: recipient })
      if (kind === 'approve') {
        return units === 0n
          ? t('revoked', { spender: recipient })
          : t('allowed', { spender: recipient, amount })
      }
      return own ? t('moved', { amount, recipient }) : t('sent', { amount, recipient })
    },
    [t, locale, accounts],
  )
}
