import type { SwapQuote } from '../../../shared/contract/swaps.ts'
import type { BaseUnits } from '../../../shared/money/units.ts'

/** What the chain enforces of a quote: the least that arrives, or the most that leaves. */
export interface QuotePromise {
  readonly side: 'receive' | 'pay'
  readonly units: BaseUnits
}

/** The promise that the user has seen for a question, and by which later answers to the same question are judged. */
export interface SeenPromise {
  readonly question: string
  readonly promise: QuotePromise
}

export type Verdict = 'new' | 'same' | 'better' | 'worse'

export function promiseOf(quote: SwapQuote): QuotePromise {
  return quote.exact === 'sell'
    ? { side: 'receive', units: quote.minimumBought }
    : { side: 'pay', units: quote.maximumSold }
}

/** How a promise compares with the one that was seen for the same question; by every last unit. */
export function judgePromise(
  seen: SeenPromise | undefined,
  question: string,
  promise: QuotePromise,
): Verdict {
  if (seen?.question !== question || seen.promise.side !== promise.side) return 'new'
  const gain =
    promise.side === 'receive' ? promise.units - seen.promise.units : seen.promise.units - promise.units
  return gain === 0n ? 'same' : gain > 0n ? 'better' : 'worse'
}

/** What counts as seen after an answer: a better one at once, a worse one only when it was accepted. */
export function takeSeen(
  seen: SeenPromise | undefined,
  question: string,
  promise: QuotePromise,
): SeenPromise {
  const verdict = judgePromise(seen, question, promise)
  return seen !== undefined && (verdict === 'worse' || verdict === 'same') ? seen : { question, promise }
}
