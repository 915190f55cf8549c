import type { ComponentProps } from 'react'
import { joinClasses } from './joinClasses.ts'
import styles from './TextInput.module.css'

interface TextInputProps extends ComponentProps<'input'> {
  readonly isMono?: boolean
}

/** A line of text. Never offered to the browser's memory or spelling service. */
export function TextInput({ isMono = false, className, ...rest }: TextInputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      {...rest}
      className={joinClasses(styles.input, isMono && styles.mono, className)}
    />
  )
}
