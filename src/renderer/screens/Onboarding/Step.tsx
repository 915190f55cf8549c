import { type ReactNode, useEffect, useRef } from 'react'
import styles from './Step.module.css'

interface StepProps {
  readonly title: string
  readonly lead: ReactNode
  readonly children: ReactNode
}

/** One step: what it teaches, what to do. Its heading takes the focus, so that a screen reader starts there. */
export function Step({ title, lead, children }: StepProps) {
  const headingRef = useRef<HTMLHeadingElement>(null)
  useEffect(() => headingRef.current?.focus(), [])
  return (
    <>
      <header className={styles.head}>
        <h1 ref={headingRef} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        <p className={styles.lead}>{lead}</p>
      </header>
      {children}
    </>
  )
}
