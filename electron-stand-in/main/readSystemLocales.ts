/** The user's languages in order, as BCP 47 tags, from the POSIX environment; `en-US` when it names none. */
export function readSystemLocales(env: Readonly<Record<string, string | undefined>>): string[] {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  // POSIX: LANGUAGE counts only when the locale is not C.
  const candidates = isNeutral(locale) ? [] : [...(env['LANGUAGE'] ?? '').split(':'), locale]
  const tags = candidates.filter((candidate) => !isNeutral(candidate)).map(toLanguageTag)
  const known = tags.flatMap((tag) => {
    try {
      return Intl.getCanonicalLocales(tag)
    } catch {
      return []
    }
  })
  return known.length > 0 ? [...new Set(known)] : ['en-US']
}

const isNeutral = (locale: string): boolean => /^(|C|POSIX|C\..*)$/.test(locale)

const toLanguageTag = (locale: string): string => locale.replace(/[.@].*$/, '').replaceAll('_', '-')
