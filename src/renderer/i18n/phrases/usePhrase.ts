import { useCallback } from 'react'
import { useLocale } from 'use-intl'
import { translatePhrase } from './translatePhrase.ts'

/** Puts a descriptor's English words into the user's language, where Minato knows them. */
export function usePhrase(): (english: string) => string {
  const locale = useLocale()
  return useCallback((english) => translatePhrase(english, locale), [locale])
}
