import { useLocale, useTranslations } from 'use-intl'
import type { MessageRequest } from '../../../shared/contract/messages.ts'
import type { SigningRequest } from '../../../shared/contract/signing.ts'
import { tokenKey } from '../../../shared/identity/identity.ts'
import { type Token, tokenSchema } from '../../../shared/identity/token.ts'
import { unscaled } from '../../../shared/money/scaledAmount.ts'
import { formatAmount } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'

/** Says of which tokens the app shows amounts multiplied, whose word that is, and that it is not what is signed. */
export function ScaleNote({ request }: { readonly request: SigningRequest | MessageRequest }) {
  const t = useTranslations('approval')
  const locale = useLocale()
  const amounts = useAmounts()
  const named = new Map(listTokens(request).map((token) => [tokenKey(token.ref), token]))
  const scaled = [...named.values()].filter(({ ref }) => amounts.multiplierOf(ref) !== unscaled)
  if (scaled.length === 0) return null
  return (
    <Notice tone="caution" title={t('scale.title')}>
      {scaled.map(({ ref, symbol }) => (
        <p key={tokenKey(ref)}>
          {t('scale.text', {
            symbol,
            multiplier: formatAmount(amounts.multiplierOf(ref), 18, { locale, maximumFractionDigits: 18 }),
          })}
        </p>
      ))}
    </Notice>
  )
}

/** Every token that a request names, wherever in it. */
function listTokens(value: unknown): Token[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  const token = tokenSchema.safeParse(value)
  return token.success ? [token.data] : Object.values(value).flatMap(listTokens)
}
