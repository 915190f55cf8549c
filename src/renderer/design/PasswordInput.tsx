import { type ComponentProps, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Icon } from './Icon.tsx'
import styles from './PasswordInput.module.css'
import { TextInput } from './TextInput.tsx'

/** A password that can be looked at. Uncontrolled: what is typed stays in the field and out of React's state. */
export function PasswordInput(props: Omit<ComponentProps<'input'>, 'type' | 'value'>) {
  const t = useTranslations('common.password')
  const [isShown, setShown] = useState(false)
  return (
    <span className={styles.wrap}>
      <TextInput {...props} type={isShown ? 'text' : 'password'} className={styles.input} />
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={isShown}
        aria-label={isShown ? t('hide') : t('show')}
        title={isShown ? t('hide') : t('show')}
        onClick={() => setShown((shown) => !shown)}
      >
        <Icon name={isShown ? 'eyeOff' : 'eye'} />
      </button>
    </span>
  )
}
