import type { ReactNode } from 'react'
import styles from './Checkbox.module.css'

interface CheckboxProps {
  readonly isChecked: boolean
  readonly onChange: (isChecked: boolean) => void
  readonly children: ReactNode
  /** `switch` for what takes effect at once. */
  readonly role?: 'switch'
  readonly isDisabled?: boolean
}

/** Yes or no. */
export function Checkbox({ isChecked, onChange, children, role, isDisabled = false }: CheckboxProps) {
  return (
    <label className={styles.label}>
      <input
        type="checkbox"
        role={role}
        className={styles.box}
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  )
}
