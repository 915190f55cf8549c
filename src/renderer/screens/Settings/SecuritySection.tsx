import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Protection } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Field } from '../../design/Field.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Select } from '../../design/Select.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { ChangePasswordForm } from './ChangePasswordForm.tsx'
import { ProtectionDialog } from './ProtectionDialog.tsx'
import styles from './SettingsScreen.module.css'

const minuteChoices: readonly number[] = [1, 5, 10, 15, 30, 60, 240, 0]

interface SecuritySectionProps {
  readonly onOpenBackups: () => void
  readonly onOpenAccounts: () => void
}

/** When the vault locks itself, what protects it, and its password. */
export function SecuritySection({ onOpenBackups, onOpenAccounts }: SecuritySectionProps) {
  const t = useTranslations('settings')
  const errorText = useErrorText()
  const settings = useQuery(queries.settings).data
  const protection = useQuery(queries.vaultStatus).data?.protection
  const update = useAction((autoLockMinutes: number) => mainApi().settings.update({ autoLockMinutes }))
  const [changing, setChanging] = useState<Protection>()
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
        <div className={styles.section}>
          <Facts rows={[{ term: t('protection.label'), detail: t(`protection.${protection}`) }]} />
          <div>
            <Button size="small" onClick={() => setChanging(protection)}>
              {protection === 'keychain' ? t('protection.toPassword') : t('protection.toKeychain')}
            </Button>
          </div>
        </div>
      )}
      <div className={styles.section}>
        <p className={styles.lead}>{t('backupsHint')}</p>
        <div className={styles.links}>
          <Button onClick={onOpenBackups}>
            <Icon name="backups" size={16} />
            {t('backups')}
          </Button>
          <Button onClick={onOpenAccounts}>
            <Icon name="accounts" size={16} />
            {t('accounts')}
          </Button>
        </div>
      </div>
      {changing && <ProtectionDialog from={changing} onClose={() => setChanging(undefined)} />}
      <ChangePasswordForm />
    </div>
  )
}
