import { describe, expect, it } from 'vitest'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { watchNewestQuote } from './watchNewestQuote.ts'

const chainId = 1 as ChainId
const quote = { quoteId: 'quote', chainId, blockNumber: 10n }

function watch() {
  const told: { quoteId: string; blockNumber: bigint }[] = []
  return { told, watched: watchNewestQuote((outdated) => told.push(outdated)) }
}

describe('the newest quote', () => {
  it('is told to be old with each block after its own, and not before', () => {
    const { told, watched } = watch()
    watched.noteHead({ chainId, number: 9n })
    watched.noteQuote(quote)
    watched.noteHead({ chainId, number: 10n })
    expect(told).toEqual([])
    watched.noteHead({ chainId, number: 11n })
    watched.noteHead({ chainId, number: 11n })
    watched.noteHead({ chainId, number: 12n })
    expect(told.map(({ blockNumber }) => blockNumber)).toEqual([11n, 12n])
  })

  it('is told to be old at once where a block came while it was worked out', () => {
    const { told, watched } = watch()
    watched.noteHead({ chainId, number: 11n })
    watched.noteQuote(quote)
    expect(told).toEqual([{ quoteId: 'quote', blockNumber: 11n }])
  })

  it('is no older for the blocks of another chain', () => {
    const { told, watched } = watch()
    watched.noteQuote(quote)
    watched.noteHead({ chainId: 10 as ChainId, number: 99n })
    expect(told).toEqual([])
  })

  it('takes the place of the one before, and is forgotten with what was known of the chains', () => {
    const { told, watched } = watch()
    watched.noteQuote(quote)
    watched.noteQuote({ ...quote, quoteId: 'newer' })
    watched.noteHead({ chainId, number: 11n })
    watched.clear()
    watched.noteHead({ chainId, number: 12n })
    expect(told.map(({ quoteId }) => quoteId)).toEqual(['newer'])
  })
})
