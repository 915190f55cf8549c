import { useEffect, useState } from 'react'

export type ArmedState = 'armed' | 'arming' | 'unfocused'

/**
 * Tells whether an approval may be given: the same request has been visible in a focused window for the whole delay.
 *
 * Against click-jacking and habit: a window that jumps under a moving pointer, or a request that takes another's place,
 * starts the delay anew.
 */
export function useArmed(requestKey: string, delayMs: number): ArmedState {
  const [state, setState] = useState<{ readonly key: string; readonly state: ArmedState }>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const start = () => {
      clearTimeout(timer)
      if (document.visibilityState !== 'visible' || !document.hasFocus()) {
        setState({ key: requestKey, state: 'unfocused' })
        return
      }
      setState({ key: requestKey, state: 'arming' })
      timer = setTimeout(() => setState({ key: requestKey, state: 'armed' }), delayMs)
    }
    start()
    window.addEventListener('focus', start)
    window.addEventListener('blur', start)
    document.addEventListener('visibilitychange', start)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('focus', start)
      window.removeEventListener('blur', start)
      document.removeEventListener('visibilitychange', start)
    }
  }, [requestKey, delayMs])
  // A state of another request says nothing about this one, not even for the one frame before the effect runs.
  return state?.key === requestKey ? state.state : 'arming'
}
