import { useCallback, useEffect, useRef, useState } from 'react'
import { type Failure, type Result, toFailure } from '../../shared/errors/Result.ts'

export interface Action<Args extends unknown[], T> {
  readonly run: (...args: Args) => Promise<Result<T>>
  readonly isPending: boolean
  readonly error: Failure | undefined
  readonly clearError: () => void
}

/**
 * Runs a command and tells whether it is under way or failed.
 *
 * Instead of react-query's mutations, which keep their arguments in a cache: here these may be passwords.
 */
export function useAction<Args extends unknown[], T>(
  command: (...args: Args) => Promise<Result<T>>,
): Action<Args, T> {
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<Failure>()
  const commandRef = useRef(command)
  useEffect(() => {
    commandRef.current = command
  })
  const run = useCallback(async (...args: Args): Promise<Result<T>> => {
    setPending(true)
    setError(undefined)
    let result: Result<T>
    try {
      result = await commandRef.current(...args)
    } catch (thrown) {
      result = { ok: false, error: toFailure(thrown) }
    }
    setPending(false)
    if (!result.ok) setError(result.error)
    return result
  }, [])
  const clearError = useCallback(() => setError(undefined), [])
  return { run, isPending, error, clearError }
}
