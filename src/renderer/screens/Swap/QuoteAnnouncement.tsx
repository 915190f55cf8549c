import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SwapOffer } from '../../../shared/contract/swaps.ts'
import { joinSentences } from '../../design/joinSentences.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { promiseOf } from './judgeQuote.ts'

interface QuoteAnnouncementProps {
  readonly answer: SwapOffer | undefined
  /** The question that `answer` answers; absent while there is no answer to it. */
  readonly question: string | undefined
  readonly isWorse: boolean
}

/** Tells a screen reader the answer to each new question and each turn for the worse, and keeps still at mere renewals. */
export function QuoteAnnouncement({ answer, question, isWorse }: QuoteAnnouncementProps) {
  const t = useTranslations('swap')
  const amounts = useAmounts()
  const [said, setSaid] = useState<{ readonly occasion: string; readonly text: string }>()
  const occasion = question === undefined ? undefined : `${question} ${isWorse}`
  const text = () => {
    if (!answer) return ''
    if (answer.status === 'noRoute') return t('noRoute.title')
    const { side, units } = promiseOf(answer)
    const sentence =
      side === 'receive'
        ? t('quote.receiveAtLeast', { amount: amounts.short(units, answer.buy, 'down') })
        : t('quote.payAtMost', { amount: amounts.short(units, answer.sell, 'up') })
    return isWorse ? joinSentences(t('worse.title'), sentence) : sentence
  }
  const current = text()
  useEffect(() => {
    if (occasion === undefined || current === '') return
    setSaid((known) => (known?.occasion === occasion ? known : { occasion, text: current }))
  }, [occasion, current])
  return (
    <p className="visually-hidden" role="status">
      {said?.text}
    </p>
  )
}
