import type { ComponentProps } from 'react'
import { joinClasses } from './joinClasses.ts'
import styles from './Select.module.css'

/** One of a few. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={joinClasses(styles.select, className)} />
}
