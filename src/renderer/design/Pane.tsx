import type { ReactNode } from 'react'
import styles from './Pane.module.css'

interface PaneProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
  /** What is selected, on the right. */
  readonly inspector?: { readonly label: string; readonly content: ReactNode }
}

/** A screen's frame: a heading, the content, and an inspector on the right where something can be selected. */
export function Pane({ title, aside, children, inspector }: PaneProps) {
  return (
    <div className={inspector ? styles.two : styles.one}>
      <div className={styles.content}>
        <header className={styles.head}>
          <h1 className={styles.title}>{title}</h1>
          {aside}
        </header>
        {children}
      </div>
      {inspector && (
        <section className={styles.inspector} aria-label={inspector.label}>
          {inspector.content}
        </section>
      )}
    </div>
  )
}
