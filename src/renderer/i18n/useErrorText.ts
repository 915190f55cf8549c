import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { ErrorParams } from '../../shared/errors/AppError.ts'
import { type Failure, toFailure } from '../../shared/errors/Result.ts'
import { type ErrorMessageKey, errorMessageKey } from './errorMessageKey.ts'

/** Puts a failure into a sentence that says what was wrong and what to do. What is not a failure of ours reads as a bug. */
export function useErrorText(): (error: unknown) => string {
  // The key is only known when it happens, so its arguments cannot be checked here; a test renders every sentence.
  const t = useTranslations('errors') as unknown as (
    key: ErrorMessageKey,
    values: Record<string, string>,
  ) => string
  return useCallback(
    (error: unknown) => {
      const failure = isFailure(error) ? error : toFailure(error)
      // Every sentence gets every argument, so a failure that lacks one still has its words.
      return t(errorMessageKey(failure.code), errorArguments(failure.params))
    },
    [t],
  )
}

/** The arguments that the sentences may use; `none` where the failure does not carry one. */
export function errorArguments(
  params: ErrorParams,
): Record<
  'position' | 'decimals' | 'reason' | 'symbol' | 'rule' | 'words' | 'node' | 'other' | 'subject',
  string
> {
  const text = (name: string) => {
    const value = params[name]
    return value === undefined || value === '' ? 'none' : String(value)
  }
  return {
    position: text('position'),
    decimals: text('decimals'),
    reason: text('reason'),
    symbol: text('symbol'),
    rule: text('rule'),
    words: text('words'),
    node: text('node'),
    other: text('other'),
    subject: text('subject'),
  }
}

function isFailure(error: unknown): error is Failure {
  return (
    typeof error === 'object' &&
    error !== null &&
    !(error instanceof Error) &&
    'code' in error &&
    'params' in error
  )
}
