import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

type Secret = Uint8Array<ArrayBuffer> | readonly Uint8Array<ArrayBuffer>[]

export interface HeldSecret<T extends Secret> {
  /** What is held; read it only while it is drawn. */
  readonly ref: RefObject<T | undefined>
  readonly isHeld: boolean
  /** Takes a secret; one that was held before is erased. */
  readonly hold: (secret: T) => void
  /** Overwrites what is held and lets it go. */
  readonly release: () => void
}

/**
 * Holds secret bytes for the time in which they are shown: in a ref rather than in state, which React keeps copies of, and
 * overwritten when they are let go or their holder leaves the screen.
 */
export function useHeldSecret<T extends Secret>(): HeldSecret<T> {
  const ref = useRef<T | undefined>(undefined)
  const [isHeld, setHeld] = useState(false)
  const erase = useCallback(() => {
    for (const bytes of bytesOf(ref.current)) bytes.fill(0)
    ref.current = undefined
  }, [])
  const hold = useCallback(
    (secret: T) => {
      erase()
      ref.current = secret
      setHeld(true)
    },
    [erase],
  )
  const release = useCallback(() => {
    erase()
    setHeld(false)
  }, [erase])
  useEffect(() => erase, [erase])
  return { ref, isHeld, hold, release }
}

function bytesOf(secret: Secret | undefined): readonly Uint8Array[] {
  if (secret === undefined) return []
  return secret instanceof Uint8Array ? [secret] : secret
}
