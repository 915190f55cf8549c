import { useId } from 'react'
import styles from './ColourChoice.module.css'

interface ColourChoiceProps<Name extends string> {
  readonly label: string
  readonly value: Name | undefined
  readonly options: readonly { readonly value: Name; readonly label: string }[]
  readonly onChange: (value: Name) => void
}

/** One of the label colours; each has a name as well, for those who do not tell them apart. */
export function ColourChoice<Name extends string>({
  label,
  value,
  options,
  onChange,
}: ColourChoiceProps<Name>) {
  const name = useId()
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={styles.option} title={option.label}>
            <input
              type="radio"
              name={name}
              className={styles.radio}
              aria-label={option.label}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className={styles.swatch} data-colour={option.value} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A mark in a label colour; decoration beside a name. */
export function ColourMark({ colour }: { readonly colour: string | undefined }) {
  return <span className={styles.mark} data-colour={colour} aria-hidden="true" />
}
