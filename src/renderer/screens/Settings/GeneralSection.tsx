import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import {
  type Language,
  languages,
  type ReferenceCurrency,
  referenceCurrencies,
  type Settings,
} from '../../../shared/contract/settings.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { Select } from '../../design/Select.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './SettingsScreen.module.css'

const languageChoices = ['system', ...languages] as const

/** Language, the currency of values, and looks; each takes effect at once. */
export function GeneralSection() {
  const t = useTranslations('settings')
  const errorText = useErrorText()
  const currencyNames = new Intl.DisplayNames([useLocale()], { type: 'currency' })
  const settings = useQuery(queries.settings).data
  const update = useAction((changes: Partial<Settings>) => mainApi().settings.update(changes))
  if (!settings) return null
  return (
    <div className={styles.form}>
      <Field label={t('language')}>
        {(control) => (
          <Select
            {...control}
            value={settings.language}
            onChange={(event) =>
              void update.run({ language: event.currentTarget.value as Language | 'system' })
            }
          >
            {languageChoices.map((language) => (
              <option key={language} value={language} lang={language === 'system' ? undefined : language}>
                {t(`languages.${language}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('currency')} hint={t('currencyHint')}>
        {(control) => (
          <Select
            {...control}
            value={settings.referenceCurrency}
            onChange={(event) =>
              void update.run({ referenceCurrency: event.currentTarget.value as ReferenceCurrency })
            }
          >
            {referenceCurrencies.map((currency) => (
              <option key={currency} value={currency}>
                {`${currencyNames.of(currency) ?? currency} (${currency})`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <SegmentedChoice
        label={t('theme')}
        value={settings.theme}
        options={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: t(`themes.${value}`),
        }))}
        onChange={(theme) => void update.run({ theme })}
      />
      <SegmentedChoice
        label={t('density')}
        value={settings.density}
        options={(['comfortable', 'compact'] as const).map((value) => ({
          value,
          label: t(`densities.${value}`),
        }))}
        onChange={(density) => void update.run({ density })}
      />
      {update.error && (
        <Notice tone="attention" role="alert">
          {errorText(update.error)}
        </Notice>
      )}
    </div>
  )
}
