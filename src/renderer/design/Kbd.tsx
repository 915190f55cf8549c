import styles from './Kbd.module.css'

/** Keys to press. */
export function Kbd({ children }: { readonly children: string }) {
  return <kbd className={styles.kbd}>{children}</kbd>
}
