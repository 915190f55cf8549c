import type { ChainId } from '../../../shared/identity/identity.ts'

interface Quoted {
  readonly quoteId: string
  readonly chainId: ChainId
  /** The block at whose state it holds. */
  readonly blockNumber: bigint
}

export interface QuoteWatch {
  noteQuote(quote: Quoted): void
  noteHead(head: { readonly chainId: ChainId; readonly number: bigint }): void
  clear(): void
}

/**
 * Tells of the newest quote, the only one that anybody looks at, when its chain has gone on: once for each block, also where
 * the block came while the quote was still worked out.
 */
export function watchNewestQuote(
  onOutdated: (outdated: { quoteId: string; blockNumber: bigint }) => void,
): QuoteWatch {
  const heads = new Map<ChainId, bigint>()
  let newest: Quoted | undefined

  function compare(): void {
    const blockNumber = newest && heads.get(newest.chainId)
    if (!newest || blockNumber === undefined || blockNumber <= newest.blockNumber) return
    newest = { ...newest, blockNumber }
    onOutdated({ quoteId: newest.quoteId, blockNumber })
  }

  return {
    noteQuote({ quoteId, chainId, blockNumber }) {
      newest = { quoteId, chainId, blockNumber }
      compare()
    },
    noteHead({ chainId, number }) {
      heads.set(chainId, number)
      compare()
    },
    clear() {
      newest = undefined
      heads.clear()
    },
  }
}
