import type { Language } from '../../shared/contract/settings.ts'
import type { Catalogue } from './catalogue.ts'
import { en } from './en/index.ts'
import { ja } from './ja/index.ts'
import { zhHans } from './zh-Hans/index.ts'
import { zhHant } from './zh-Hant/index.ts'

/** All that the app says, by language. */
export const catalogues: Readonly<Record<Language, Catalogue>> = {
  en,
  ja,
  'zh-Hant': zhHant,
  'zh-Hans': zhHans,
}
