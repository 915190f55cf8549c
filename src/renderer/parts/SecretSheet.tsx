import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Icon } from '../design/Icon.tsx'
import styles from './SecretSheet.module.css'
import { useSecretShown } from './useSecretShown.ts'

export type HiddenBecause = 'time' | 'blur'

interface SecretSheetProps {
  /** After these seconds the sheet goes; the time cannot be put off, only asked for again. */
  readonly seconds: number
  /** Time is up, or another window came to the front: the caller erases the secret and takes the sheet away. */
  readonly onHide: (because: HiddenBecause) => void
  readonly children: ReactNode
}

/** The paper on which a secret is shown for a short time; leaving the window takes it away. */
export function SecretSheet({ seconds, onHide, children }: SecretSheetProps) {
  const t = useTranslations('common.secret')
  const [left, setLeft] = useState(seconds)
  const hideRef = useRef(onHide)
  useSecretShown(true)
  useEffect(() => {
    hideRef.current = onHide
  })
  useEffect(() => {
    const endsAt = Date.now() + seconds * 1_000
    const timer = setInterval(() => {
      const remaining = Math.ceil((endsAt - Date.now()) / 1_000)
      setLeft(Math.max(0, remaining))
      if (remaining <= 0) hideRef.current('time')
    }, 250)
    const cover = () => hideRef.current('blur')
    window.addEventListener('blur', cover)
    return () => {
      clearInterval(timer)
      window.removeEventListener('blur', cover)
    }
  }, [seconds])
  return (
    <div className={styles.sheet}>
      {children}
      <p className={styles.timer}>
        <Icon name="eyeOff" size={15} />
        {t('hidesIn', { seconds: left })}
      </p>
    </div>
  )
}
