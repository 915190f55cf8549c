import type { ComponentProps } from 'react'
import styles from './Button.module.css'
import { joinClasses } from './joinClasses.ts'
import { Spinner } from './Spinner.tsx'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly size?: 'medium' | 'small' | 'large'
  /** Under way: keeps its place and focus, takes no second press. */
  readonly isBusy?: boolean
  readonly type?: 'button' | 'submit'
}

/** A button that says what happens when it is pressed. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  isBusy = false,
  type = 'button',
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      // Not `disabled` while busy: that would throw the focus away.
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      className={joinClasses(styles.button, styles[variant], styles[size], className)}
      onClick={(event) => {
        if (isBusy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {isBusy && <Spinner />}
      {children}
    </button>
  )
}
