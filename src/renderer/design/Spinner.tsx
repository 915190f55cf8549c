import styles from './Spinner.module.css'

/** A turning light that appears only when something takes longer than 300 ms. Decoration: say in words what is awaited. */
export function Spinner() {
  return <span className={styles.spinner} aria-hidden="true" />
}
