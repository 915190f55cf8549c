import styles from './Skeleton.module.css'

/** Holds the place of rows that are being read; shows itself after 300 ms only. */
export function Skeleton({ rows, label }: { readonly rows: number; readonly label: string }) {
  return (
    <div className={styles.skeleton} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((key) => (
        <span key={key} className={styles.row} />
      ))}
    </div>
  )
}
