import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { SignedOrder } from '../../../shared/contract/signedOrders.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'

/** Says whether a signed order can be filled, and why not. */
export function useSignedStateText(): (order: SignedOrder) => string {
  const t = useTranslations('orders.signed.states')
  const amounts = useAmounts()
  return useCallback(
    ({ state, give, receive, accountId, isCancelling }) => {
      if (isCancelling) return t('cancelling')
      const amount = (units: bigint, { token } = give) => amounts.short(units, token, 'down')
      switch (state.kind) {
        case 'fillable':
          return t('fillable', { making: amount(state.making), taking: amount(state.taking, receive) })
        case 'unfunded':
          return accountId === undefined
            ? t('unfunded', { available: amount(state.available) })
            : t(state.limit === 'allowance' ? 'ownAllowance' : 'ownBalance', {
                available: amount(state.available),
              })
        default:
          return t(state.kind)
      }
    },
    [t, amounts],
  )
}
