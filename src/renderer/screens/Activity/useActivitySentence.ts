import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { Activity } from '../../../shared/contract/activity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { useNameOf } from '../../api/useNameOf.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'

/** As much as any token has: wallets and sites write "unlimited" in several ways, all of them above this. */
const practicallyUnlimited = 2n ** 159n

/** Tells an entry in a sentence: "Sent 25 USDC to Hana", "Swapped 1 ETH for 3,498 USDC on Uniswap". */
export function useActivitySentence(): (activity: Activity) => string {
  const t = useTranslations('activity')
  const amounts = useAmounts()
  const nameOf = useNameOf()
  return useCallback(
    (activity) => {
      const { kind, token, units, from, to, toName, toNameFrom, swap, effects = [], method, nonce } = activity
      const write = (amount: bigint, of: Token) => amounts.write(amount, of)
      const sumUp = (wanted: (delta: bigint) => boolean) =>
        effects
          .filter(({ delta }) => wanted(delta))
          .map((each) => write(each.delta < 0n ? -each.delta : each.delta, each.token))
          .join(' + ')
      const named = nameOf(to, { name: toName, source: toNameFrom })
      switch (kind) {
        case 'swap': {
          const sold = swap ? write(swap.sold ?? units, token) : sumUp((delta) => delta < 0n)
          const bought = swap ? write(swap.bought ?? swap.quoted, swap.buy) : sumUp((delta) => delta > 0n)
          return toName === undefined
            ? t('swapped', { sold, bought })
            : t('swappedOn', { sold, bought, venue: toName })
        }
        case 'receive':
          return /^0x0{40}$/.test(from)
            ? t('issued', { amount: write(units, token) })
            : t('received', { amount: write(units, token), sender: nameOf(from).name })
        case 'approve': {
          const spender = named.name
          if (units === 0n) return t('revokedOf', { spender, symbol: token.symbol })
          return units >= practicallyUnlimited
            ? t('allowedAll', { spender, symbol: token.symbol })
            : t('allowed', { spender, amount: write(units, token) })
        }
        case 'call':
          return method === undefined
            ? t('asked', { contract: named.name })
            : t('called', { method, contract: named.name })
        case 'undelegate':
          return t('undelegated', { delegate: named.name })
        case 'cancelOrder':
          return t('ordersCancelled', { token: token.symbol })
        case 'cancel':
          return t('cancelling', { nonce: String(nonce ?? '') })
        case 'send': {
          const amount = write(units, token)
          if (activity.payments) return t('sentToMany', { amount, count: activity.payments.length })
          return named.source === 'account'
            ? t('moved', { amount, recipient: named.name })
            : t('sent', { amount, recipient: named.name })
        }
      }
    },
    [t, amounts, nameOf],
  )
}
