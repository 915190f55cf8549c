import type { ComponentProps } from 'react'
import type { Token } from '../../shared/identity/token.ts'
import { Amount } from '../design/Amount.tsx'
import { useAmounts } from './useAmounts.tsx'

interface TokenAmountProps extends Omit<ComponentProps<typeof Amount>, 'decimals' | 'symbol'> {
  /** In the token's own units. */
  readonly units: bigint
  readonly token: Pick<Token, 'ref' | 'decimals' | 'symbol'>
  /** Every digit that it has. */
  readonly isExact?: boolean
}

/** An amount of a token as the token wants it shown. */
export function TokenAmount({ units, token, isExact = false, ...format }: TokenAmountProps) {
  const shown = useAmounts().shown(units, token)
  return (
    <Amount
      {...format}
      {...(isExact ? { maximumFractionDigits: shown.decimals } : {})}
      units={shown.units}
      decimals={shown.decimals}
      symbol={token.symbol}
    />
  )
}
