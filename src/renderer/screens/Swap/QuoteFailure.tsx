import { useTranslations } from 'use-intl'
import type { Failure } from '../../../shared/errors/Result.ts'
import { Button } from '../../design/Button.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'

interface QuoteFailureProps {
  readonly error: Failure
  readonly onAskAgain: () => void
}

/** There is no answer, and why. */
export function QuoteFailure({ error, onAskAgain }: QuoteFailureProps) {
  const tc = useTranslations('common')
  const errorText = useErrorText()
  return (
    <Notice
      tone="attention"
      role="alert"
      action={
        <Button size="small" onClick={onAskAgain}>
          {tc('tryAgain')}
        </Button>
      }
    >
      {errorText(error)}
    </Notice>
  )
}
