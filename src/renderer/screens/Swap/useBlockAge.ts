import { useTranslations } from 'use-intl'
import { useNow } from '../../design/useNow.ts'

/** How long ago a block was, in words, renewed every second. */
export function useBlockAge(timestampMs: number): string {
  const t = useTranslations('shell.status')
  const seconds = Math.max(0, Math.floor((useNow(1_000) - timestampMs) / 1_000))
  return seconds < 120 ? t('age', { seconds }) : t('ageMinutes', { minutes: Math.floor(seconds / 60) })
}
