import type { ComponentProps } from 'react'
import { joinClasses } from './joinClasses.ts'
import styles from './TextInput.module.css'

/** Several lines of text. Never offered to the browser's memory or spelling service. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      {...rest}
      className={joinClasses(styles.input, styles.area, className)}
    />
  )
}
