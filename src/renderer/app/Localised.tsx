import { type ReactNode, useLayoutEffect } from 'react'
import { IntlProvider, type Messages } from 'use-intl'
import type { AppInfo } from '../../shared/contract/app.ts'
import type { Settings } from '../../shared/contract/settings.ts'
import { negotiateLanguage } from '../../shared/text/negotiateLanguage.ts'
import { catalogues } from '../i18n/catalogues.ts'
import { AmountsProvider } from '../parts/useAmounts.tsx'
import { loadCjkFonts } from './loadCjkFonts.ts'

interface LocalisedProps {
  readonly settings: Settings | undefined
  readonly appInfo: AppInfo | undefined
  readonly children: ReactNode
}

/** Speaks the user's language and wears the user's theme, in the document as well as below it. */
export function Localised({ settings, appInfo, children }: LocalisedProps) {
  const systemLanguages = appInfo?.systemLanguages ?? navigator.languages
  const language = negotiateLanguage(settings?.language ?? 'system', systemLanguages)
  const theme = settings?.theme ?? 'system'
  const density = settings?.density ?? 'comfortable'
  useLayoutEffect(() => {
    const root = document.documentElement
    root.lang = language
    root.dataset.density = density
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
    loadCjkFonts(language)
  }, [language, theme, density])
  return (
    <IntlProvider
      locale={language}
      // Every catalogue has the English one's keys and arguments (a test proves it); only the words differ.
      messages={catalogues[language] as Messages}
      timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
    >
      <AmountsProvider>{children}</AmountsProvider>
    </IntlProvider>
  )
}
