import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Facts } from '../../design/Facts.tsx'
import { Field } from '../../design/Field.tsx'
import { Select } from '../../design/Select.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { ChangePasswordForm } from './ChangePasswordForm.tsx'
import styles from './SettingsScreen.module.css'

const minuteChoices: readonly number[] = [1, 5, 10, 15, 30, 60, 240, 0]

/** When the vault locks itself, what protects it, and its password. */
export function SecuritySection() {
  const t = useTranslations('settings')
  const errorText = useErrorText()
  const settings = useQuery(queries.settings).data
  const protection = useQuery(queries.vaultStatus).data?.protection
  const update = useAction((autoLockMinutes: number) => mainApi().settings.update({ autoLockMinutes }))
  if (!settings) return null
  const choices = minuteChoices.includes(settings.autoLockMinutes)
    ? minuteChoices
    : [settings.autoLockMinutes, ...minuteChoices]
  return (
    <div className={styles.form}>
      <Field label={t('autoLock')} hint={t('autoLockHint')} error={update.error && errorText(update.error)}>
        {(control) => (
          <Select
            {...control}
            value={settings.autoLockMinutes}
            onChange={(event) => void update.run(Number(event.currentTarget.value))}
          >
            {choices.map((minutes) => (
              <option key={minutes} value={minutes}>
                {t('minutes', { minutes })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {protection && (
        <Facts rows={[{ term: t('protection.label'), detail: t(`protection.${protection}`) }]} />
      )}
      <ChangePasswordForm />
    </div>
  )
}
