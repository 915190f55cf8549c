import type { ReactNode } from 'react'
import styles from './Progress.module.css'
import { Spinner } from './Spinner.tsx'

/** Says what is under way, to eyes and ears. */
export function Progress({ children }: { readonly children: ReactNode }) {
  return (
    <p className={styles.progress} role="status">
      <Spinner />
      {children}
    </p>
  )
}
