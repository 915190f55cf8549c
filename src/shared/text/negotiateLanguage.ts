import type { Language } from '../contract/settings.ts'

/** Picks the language to speak: the chosen one, or the first of the system's that there is a catalogue for, or English. */
export function negotiateLanguage(chosen: Language | 'system', systemLanguages: readonly string[]): Language {
  if (chosen !== 'system') return chosen
  for (const tag of systemLanguages) {
    const language = catalogueFor(tag)
    if (language) return language
  }
  return 'en'
}

function catalogueFor(tag: string): Language | undefined {
  const [primary, ...rest] = tag.toLowerCase().split(/[-_]/)
  if (primary === 'en' || primary === 'ja') return primary
  if (primary !== 'zh') return undefined
  // A script says more than a region: zh-Hans-HK is simplified.
  if (rest.includes('hans')) return 'zh-Hans'
  const isTraditional = rest.includes('hant') || rest.some((part) => ['tw', 'hk', 'mo'].includes(part))
  return isTraditional ? 'zh-Hant' : 'zh-Hans'
}
