import { describe, expect, it } from 'vitest'
import { negotiateLanguage } from './negotiateLanguage.ts'

describe('negotiateLanguage', () => {
  it.each([
    [['de-DE', 'ja-JP', 'en-US'], 'ja'],
    [['zh-TW'], 'zh-Hant'],
    [['zh-Hant-HK'], 'zh-Hant'],
    [['zh-Hans-HK'], 'zh-Hans'],
    [['zh-CN'], 'zh-Hans'],
    [['zh'], 'zh-Hans'],
    [['fr', 'de'], 'en'],
    [[], 'en'],
  ] as const)('reads %j as %s', (system, language) => {
    expect(negotiateLanguage('system', system)).toBe(language)
  })

  it('prefers what the user chose', () => {
    expect(negotiateLanguage('zh-Hant', ['en'])).toBe('zh-Hant')
  })
})
