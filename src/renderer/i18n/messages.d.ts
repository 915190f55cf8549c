import type { Language } from '../../shared/contract/settings.ts'
import type { en } from './en/index.ts'

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language
    Messages: typeof en
  }
}
