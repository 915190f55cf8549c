import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './Button.tsx'
import { copyText } from './copyText.ts'
import { Icon } from './Icon.tsx'

interface CopyButtonProps {
  readonly text: string
  /** What is copied, in a few words: the accessible name. */
  readonly what: string
  /** Shows the words beside the sign. */
  readonly label?: string
  readonly size?: 'small' | 'medium'
}

/** Copies public text and says so. */
export function CopyButton({ text, what, label, size = 'small' }: CopyButtonProps) {
  const t = useTranslations('common')
  const [outcome, setOutcome] = useState<'copied' | 'failed'>()
  useEffect(() => {
    if (outcome === undefined) return
    const timer = setTimeout(() => setOutcome(undefined), 2_000)
    return () => clearTimeout(timer)
  }, [outcome])
  const said = outcome === 'copied' ? t('copied') : outcome === 'failed' ? t('copyFailed') : undefined
  return (
    <>
      <Button
        variant={label === undefined ? 'quiet' : 'secondary'}
        size={size}
        aria-label={label === undefined ? t('copyWhat', { what }) : undefined}
        title={label === undefined ? t('copyWhat', { what }) : undefined}
        onClick={async () => setOutcome((await copyText(text)) ? 'copied' : 'failed')}
      >
        <Icon name={outcome === 'copied' ? 'check' : 'copy'} size={16} />
        {label !== undefined && (said ?? label)}
      </Button>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </>
  )
}
