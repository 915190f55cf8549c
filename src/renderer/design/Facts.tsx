import type { ReactNode } from 'react'
import styles from './Facts.module.css'

interface FactsProps {
  readonly rows: readonly { readonly term: string; readonly detail: ReactNode; readonly isWide?: boolean }[]
}

/** Terms and what is so about them. */
export function Facts({ rows }: FactsProps) {
  return (
    <dl className={styles.facts}>
      {rows.map(({ term, detail, isWide = false }) => (
        <div key={term} className={isWide ? styles.wide : styles.row}>
          <dt className={styles.term}>{term}</dt>
          <dd className={styles.detail}>{detail}</dd>
        </div>
      ))}
    </dl>
  )
}
