import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { Kbd } from '../../design/Kbd.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Select } from '../../design/Select.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import stepStyles from './Step.module.css'
import { Step } from './Step.tsx'

const choices = [1, 5, 10, 30, 60, 0] as const

/** Explains the lock and lets its time be set. */
export function LockStep({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations('onboarding.lock')
  const errorText = useErrorText()
  const settings = useQuery(queries.settings).data
  const platform = useQuery(queries.appInfo).data?.platform
  const update = useAction((autoLockMinutes: number) => mainApi().settings.update({ autoLockMinutes }))
  const minutes = settings?.autoLockMinutes ?? 0
  const options = choices.some((choice) => choice === minutes) ? choices : [minutes, ...choices]
  return (
    <Step title={t('title')} lead={t('lead')}>
      <div className={stepStyles.form}>
        <Field label={t('auto')}>
          {(control) => (
            <Select
              {...control}
              value={minutes}
              onChange={(event) => void update.run(Number(event.currentTarget.value))}
            >
              {options.map((choice) => (
                <option key={choice} value={choice}>
                  {t('minutes', { minutes: choice })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {update.error && (
          <Notice tone="attention" role="alert">
            {errorText(update.error)}
          </Notice>
        )}
        <p>{t.rich('shortcut', { key: () => <Kbd>{platform === 'darwin' ? '⌘ L' : 'Ctrl L'}</Kbd> })}</p>
        <div className={stepStyles.actions}>
          <span />
          <Button variant="primary" size="large" onClick={onDone}>
            {t('open')}
          </Button>
        </div>
      </div>
    </Step>
  )
}
