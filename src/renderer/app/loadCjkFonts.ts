import type { Language } from '../../shared/contract/settings.ts'

const loaders = {
  ja: () => import('@fontsource-variable/noto-sans-jp/wght.css'),
  'zh-Hant': () => import('@fontsource-variable/noto-sans-tc/wght.css'),
  'zh-Hans': () => import('@fontsource-variable/noto-sans-sc/wght.css'),
} as const

/**
 * Brings in the faces for Chinese and Japanese glyphs; the browser then reads only the slices that a page uses.
 *
 * In English too, because names of accounts and tokens may be in any script, and because of 港.
 */
export function loadCjkFonts(language: Language): void {
  void loaders[language === 'en' ? 'ja' : language]()
}
