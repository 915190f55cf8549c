import { useCallback, useEffect, useState } from 'react'
import type { SwapOffer, SwapRequest } from '../../../shared/contract/swaps.ts'
import { type Failure, toFailure } from '../../../shared/errors/Result.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useDebounced } from '../../parts/useDebounced.ts'

export interface QuoteState {
  /** Names the question as it stands. */
  readonly question: string | undefined
  /** The last answer, also while a newer one is on its way. */
  readonly offer: SwapOffer | undefined
  /** Whether `offer` answers the question as it stands. */
  readonly isCurrent: boolean
  readonly isQuoting: boolean
  readonly error: Failure | undefined
  readonly askAgain: () => void
}

interface Answer {
  readonly question: string
  readonly offer: SwapOffer | undefined
  readonly error: Failure | undefined
  readonly atMs: number
}

/** Renewals closer together than this would make the figures dance on fast chains. */
const leastIntervalMs = 2_000
/** Where no event tells that an answer is old. */
const retryMs = 15_000
/** How long the question has to stand still: nobody wants a quote for the first digit of an amount. */
const settleMs = 250

/**
 * Keeps a quote for a question: asks when the question changes, when a newer block makes the answer old, and before it runs out.
 *
 * Paused, nothing is asked: what an open approval shows must not change beneath it. A hidden window asks nothing either.
 */
export function useSwapQuote(request: SwapRequest | undefined, isPaused: boolean): QuoteState {
  const question = request && JSON.stringify(request)
  const settled = useDebounced(question, settleMs)
  const [answer, setAnswer] = useState<Answer>()
  const [isQuoting, setQuoting] = useState(false)
  const [round, setRound] = useState(0)
  const outdated = useOutdatedQuote()
  const askAgain = useCallback(() => setRound((count) => count + 1), [])

  // `round` is what asks again; the question stands for the request, which is a new object with every rendering.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    if (settled === undefined || isPaused) return
    let isWanted = true
    setQuoting(true)
    void ask(JSON.parse(settled) as SwapRequest).then((result) => {
      if (!isWanted) return
      setQuoting(false)
      setAnswer((known) =>
        'offer' in result
          ? { question: settled, offer: result.offer, error: undefined, atMs: Date.now() }
          : { question: settled, offer: known?.offer, error: result.error, atMs: Date.now() },
      )
    })
    return () => {
      isWanted = false
      setQuoting(false)
    }
  }, [settled, round, isPaused])

  useEffect(() => {
    if (!answer || question !== answer.question || isPaused) return
    return renewLater(answer, outdated, askAgain)
  }, [answer, outdated, question, isPaused, askAgain])

  return {
    question,
    offer: question === undefined ? undefined : answer?.offer,
    isCurrent: question !== undefined && answer?.question === question && answer.error === undefined,
    isQuoting,
    error: answer?.question === question ? answer?.error : undefined,
    askAgain,
  }
}

/** The quote that a block made old last. It may be told before the quote itself is seen here, so it is always listened to. */
function useOutdatedQuote(): string | undefined {
  const [outdated, setOutdated] = useState<string>()
  useEffect(() => mainApi().swaps.quoteOutdated(({ quoteId }) => setOutdated(quoteId)), [])
  return outdated
}

async function ask(
  request: SwapRequest,
): Promise<{ readonly offer: SwapOffer } | { readonly error: Failure }> {
  try {
    const result = await mainApi().swaps.quote(request)
    return result.ok ? { offer: result.value } : { error: result.error }
  } catch (thrown) {
    return { error: toFailure(thrown) }
  }
}

/** Calls back once, when the answer is old and the window can be seen. Returns what ends the waiting. */
function renewLater(
  { offer, error, atMs }: Answer,
  outdated: string | undefined,
  renew: () => void,
): () => void {
  const quote = error === undefined && offer?.status === 'quote' ? offer : undefined
  const earliestMs = atMs + leastIntervalMs
  const dueMs =
    quote === undefined
      ? atMs + retryMs
      : quote.quoteId === outdated
        ? earliestMs
        : Math.max(quote.expiresAtMs - 1_000, earliestMs)
  let isDue = false
  const renewIfSeen = () => {
    if (isDue && document.visibilityState === 'visible') renew()
  }
  const timer = setTimeout(
    () => {
      isDue = true
      renewIfSeen()
    },
    Math.max(0, dueMs - Date.now()),
  )
  document.addEventListener('visibilitychange', renewIfSeen)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', renewIfSeen)
  }
}
