import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { useLocale } from 'use-intl'
import { type TokenRef, tokenKey } from '../../shared/identity/identity.ts'
import { unscaled } from '../../shared/money/scaledAmount.ts'
import { queries } from '../api/queries.ts'
import { type Amounts, createAmounts } from './createAmounts.ts'

const AmountsContext = createContext<Amounts | undefined>(undefined)

/** Follows language and multipliers once for all: every row of a long table writes an amount. */
export function AmountsProvider({ children }: { readonly children: ReactNode }) {
  const locale = useLocale()
  const scales = useQuery(queries.tokenScales).data
  const amounts = useMemo(() => {
    const multipliers = new Map(scales?.map(({ token, multiplier }) => [tokenKey(token), multiplier]))
    return createAmounts(locale, (token: TokenRef) =>
      multipliers.size === 0 ? unscaled : (multipliers.get(tokenKey(token)) ?? unscaled),
    )
  }, [locale, scales])
  return <AmountsContext value={amounts}>{children}</AmountsContext>
}

/** How amounts of tokens are written and read: by the language, and by the multipliers that hold at the newest block. */
export function useAmounts(): Amounts {
  const amounts = useContext(AmountsContext)
  if (!amounts) throw new Error('There is no AmountsProvider above')
  return amounts
}
