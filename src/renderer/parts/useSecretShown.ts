import { useEffect } from 'react'
import { mainApi } from '../api/mainApi.ts'

/** Keeps the window out of screenshots and recordings, where the system can, while the caller is on the screen. */
export function useSecretShown(isShown: boolean): void {
  useEffect(() => {
    if (!isShown) return
    void mainApi().app.setSecretShown({ isShown: true })
    return () => void mainApi().app.setSecretShown({ isShown: false })
  }, [isShown])
}
