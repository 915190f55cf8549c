import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { languages } from '../../../shared/contract/settings.ts'
import { translatePhrase } from './translatePhrase.ts'

const folder = join(import.meta.dirname, '../../../../resources/clearSigning')
const spoken = ['intent', 'interpolatedIntent', 'label', 'message']

function collect(value: unknown, into: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const each of value) collect(each, into)
  else if (typeof value === 'object' && value !== null && !('visible' in value)) {
    for (const [name, each] of Object.entries(value)) {
      if (spoken.includes(name) && typeof each === 'string') into.add(each)
      else collect(each, into)
    }
  }
  return into
}

describe.each(languages.filter((language) => language !== 'en'))('in %s', (language) => {
  it('every word of Minato’s descriptors is known, and keeps its places', () => {
    const words = new Set<string>()
    for (const name of readdirSync(folder)) {
      collect(JSON.parse(readFileSync(join(folder, name), 'utf8')).display, words)
    }
    expect(words.size).toBeGreaterThan(100)
    const places = (text: string) => [...text.matchAll(/\{[^{}]+\}/g)].map(([place]) => place).sort()
    for (const english of words) {
      const translated = translatePhrase(english, language)
      expect(translated).not.toBe(english)
      expect(places(translated)).toEqual(places(english))
    }
  })

  it('words that nobody translated stay as they are', () => {
    expect(translatePhrase('Feed the {animal}', language)).toBe('Feed the {animal}')
  })
})
