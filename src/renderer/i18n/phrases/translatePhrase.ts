import type { Language } from '../../../shared/contract/settings.ts'
import { phrases as ja } from './ja.ts'
import { phrases as zhHans } from './zh-Hans.ts'
import { phrases as zhHant } from './zh-Hant.ts'

const phrases: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<string, string>>>> = {
  ja,
  'zh-Hant': zhHant,
  'zh-Hans': zhHans,
}

/**
 * A descriptor's English words in another language, with the same places in it; as they are where Minato does not know them: a
 * descriptor's own words are better than none.
 */
export function translatePhrase(english: string, language: string): string {
  const known = (phrases as Record<string, Readonly<Record<string, string>> | undefined>)[language]
  if (!known) return english
  const places: string[] = []
  const shape = english.replace(/\{([^{}]+)\}/g, (place) => `{${places.push(place) - 1}}`)
  const translated = Object.hasOwn(known, shape) ? known[shape] : undefined
  return translated?.replace(/\{(\d+)\}/g, (_, at) => places[Number(at)] ?? '') ?? english
}
