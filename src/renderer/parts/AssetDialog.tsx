import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { type Address, addressSchema, type ChainId, tokenKey } from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'
import { queries } from '../api/queries.ts'
import type { Holding } from '../api/selectHoldings.ts'
import { Notice } from '../design/Notice.tsx'
import { Progress } from '../design/Progress.tsx'
import { useErrorText } from '../i18n/useErrorText.ts'
import { type TokenChoice, TokenDialog, TokenOption } from './TokenDialog.tsx'

interface AssetDialogProps {
  readonly chainId: ChainId
  readonly holdings: readonly Holding[]
  readonly tokens: readonly Token[]
  readonly onClose: () => void
  readonly onSelect: (token: Token) => void
}

/** Chooses a token: what is held first, then what the list knows, then whatever a typed address turns out to be. */
export function AssetDialog({ chainId, holdings, tokens, onClose, onSelect }: AssetDialogProps) {
  const t = useTranslations('swap')
  const held: TokenChoice[] = holdings.filter(({ units }) => units > 0n)
  const heldKeys = new Set(held.map(({ key }) => key))
  const listed = tokens
    .map((token): TokenChoice => ({ key: tokenKey(token.ref), token, chainId }))
    .filter(({ key }) => !heldKeys.has(key))
  return (
    <TokenDialog
      groups={[
        { label: t('held'), choices: held },
        { label: t('listed'), choices: listed },
      ]}
      emptyText={t('noTokens')}
      onClose={onClose}
      onSelect={({ token }) => onSelect(token)}
      renderUnmatched={(query) => {
        const address = addressSchema.safeParse(query.trim())
        if (!address.success) return undefined
        return <TokenByAddress address={address.data} chainId={chainId} onSelect={onSelect} />
      }}
    />
  )
}

interface TokenByAddressProps {
  readonly address: Address
  readonly chainId: ChainId
  readonly onSelect: (token: Token) => void
}

function TokenByAddress({ address, chainId, onSelect }: TokenByAddressProps) {
  const t = useTranslations('swap')
  const errorText = useErrorText()
  const { data: token, error } = useQuery(queries.token({ chainId, address }))
  if (error) {
    return (
      <Notice tone="attention" role="alert">
        {errorText(error)}
      </Notice>
    )
  }
  if (!token) return <Progress>{t('lookUp')}</Progress>
  return <TokenOption choice={{ key: address, token, chainId }} onSelect={() => onSelect(token)} />
}
