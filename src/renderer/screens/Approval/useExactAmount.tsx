import type { ReactNode } from 'react'
import type { Token } from '../../../shared/identity/token.ts'
import { useWriteSigned } from './useWriteSigned.ts'

/** Shows an amount that is signed, with every digit that it has. */
export function useExactAmount(): (units: bigint, of: Token) => ReactNode {
  const write = useWriteSigned()
  return (units, of) => <strong>{write(units, of)}</strong>
}
