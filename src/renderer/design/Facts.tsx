import type { ReactNode } from 'react'
import styles from './Facts.module.css'

interface FactsProps {
  /** `id` tells rows of one term apart. */
  readonly rows: readonly {
    readonly term: string
    readonly detail: ReactNode
    readonly isWide?: boolean
    readonly id?: string
  }[]
}

/** Terms and what is so about them. */
export function Facts({ rows }: FactsProps) {
  return (
    <dl className={styles.facts}>
      {rows.map(({ term, detail, isWide = false, id = term }) => (
        <div key={id} className={isWide ? styles.wide : styles.row}>
          <dt className={styles.term}>{term}</dt>
          <dd className={styles.detail}>{detail}</dd>
        </div>
      ))}
    </dl>
  )
}
