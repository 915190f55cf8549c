import { createTranslator, type Messages } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { languages } from '../../shared/contract/settings.ts'
import { errorCodes } from '../../shared/errors/errorCodes.ts'
import { catalogues } from './catalogues.ts'
import { errorMessageKey } from './errorMessageKey.ts'
import { errorArguments } from './useErrorText.ts'

interface Tree {
  readonly [key: string]: string | Tree
}

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}

/** Names of the arguments and tags of an ICU message; what stands inside a plural's braces is text, not an argument. */
function argumentsOf(message: string): string[] {
  const names = [...message.matchAll(/\{\s*(\w+)\s*(?:\}|,)|<(\w+)>/g)].map(
    (match) => match[1] ?? `<${match[2]}>`,
  )
  return [...new Set(names)].filter((name) => !plainBranches.has(name)).sort()
}

/** One-word branches of a plural or select look like arguments. */
const plainBranches = new Set(['Never', 'never', 'once'])

const english = flatten(catalogues.en)

describe.each(languages)('the catalogue %s', (language) => {
  const messages = flatten(catalogues[language])

  it('has the same keys as the English one', () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('uses the same arguments in every message', () => {
    for (const [key, message] of english) {
      expect({ key, arguments: argumentsOf(messages.get(key) ?? '') }).toEqual({
        key,
        arguments: argumentsOf(message),
      })
    }
  })

  it('leaves no message empty, and none in English by oversight', () => {
    const sameByRight =
      /^(common\.appName|settings\.languages\.|settings\.about\.hosts\.electron|(activity|swap\.protection\.ways)\.mevBlocker$|swap\.(rate$|venues\.(uniswap|curve$))|settings\.(nodes\.(ms|percent)|tokens\.found\.name)$|.*\.latency$)/
    for (const [key, message] of messages) {
      expect(message.trim(), key).not.toBe('')
      if (language !== 'en' && !sameByRight.test(key))
        expect({ key, message }).not.toEqual({ key, message: english.get(key) })
    }
  })

  it('can be rendered, every message of it', () => {
    const translate = createTranslator({
      locale: language,
      messages: catalogues[language] as Messages,
      onError: (error) => {
        throw error
      },
    }) as unknown as { rich: (key: string, values: object) => unknown }
    for (const [key, message] of messages) {
      const values = Object.fromEntries(
        argumentsOf(message).map((name) =>
          name.startsWith('<')
            ? [name.slice(1, -1), () => '⌘']
            : [name, new RegExp(`\\{${name}, plural`).test(message) ? 2 : 'x'],
        ),
      )
      expect(String(translate.rich(key, values)), key).not.toMatch(/[{}]/)
    }
  })

  it('has a sentence for every failure, also for one without its particulars', () => {
    const translate = createTranslator({
      locale: language,
      messages: catalogues[language] as Messages,
      namespace: 'errors',
      onError: (error) => {
        throw error
      },
    }) as unknown as (key: string, values: object) => string
    for (const code of errorCodes) {
      for (const params of [{}, { position: 3, decimals: 6, reason: 'TRANSFER_FAILED' }]) {
        const sentence = translate(errorMessageKey(code), errorArguments(params))
        expect(sentence, code).toMatch(/[.。)）]$/)
        expect(sentence, code).not.toMatch(/none|[{}]/)
      }
    }
  })
})
