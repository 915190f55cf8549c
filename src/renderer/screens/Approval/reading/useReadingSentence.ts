import { useCallback } from 'react'
import type { Reading } from '../../../../shared/contract/readings.ts'
import { usePhrase } from '../../../i18n/phrases/usePhrase.ts'
import { useWriteValue } from './useWriteValue.ts'

/** The sentence of a call or a message, in the user's language where Minato knows its words; else the intent alone. */
export function useReadingSentence(): (reading: Reading) => string {
  const phrase = usePhrase()
  const write = useWriteValue()
  return useCallback(
    ({ intent, sentence }) => {
      if (!sentence) return phrase(intent)
      return phrase(sentence.template).replace(
        /\{\{|\}\}|\{([^{}]+)\}/g,
        (whole, path: string | undefined) => {
          if (path === undefined) return whole.charAt(0)
          return (sentence.values[path] ?? []).map(write).join(', ')
        },
      )
    },
    [phrase, write],
  )
}
