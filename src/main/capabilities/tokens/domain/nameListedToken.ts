import type { Token } from '../../../../shared/identity/token.ts'
import type { ListedToken } from '../../chains/index.ts'
import type { TokenMetadata } from './TokenMetadata.ts'

/**
 * The token as a list names it. An entry without decimals is only taken once the contract calls itself by the listed symbol:
 * a wrong address in a list must not show a stranger's token under a trusted name.
 */
export function nameListedToken(listed: ListedToken, metadata: TokenMetadata | undefined): Token | undefined {
  const decimals =
    listed.decimals ?? (metadata && isConfirmed(listed, metadata) ? metadata.decimals : undefined)
  if (decimals === undefined) return undefined
  return {
    ref: listed.ref,
    symbol: listed.symbol,
    name: listed.name,
    decimals,
    assetClass: listed.assetClass,
    ...(listed.pegCurrency === undefined ? {} : { pegCurrency: listed.pegCurrency }),
    source: 'list',
  }
}

function isConfirmed({ symbol, confirmedBy }: ListedToken, metadata: TokenMetadata): boolean {
  return (
    metadata.symbol.toLowerCase() === symbol.toLowerCase() &&
    (confirmedBy === undefined || metadata.decimals === confirmedBy.decimals)
  )
}
