import { expect, test } from 'vitest'
import { readSystemLocales } from './readSystemLocales.ts'

test.each([
  [{ LANG: 'ja_JP.UTF-8' }, ['ja-JP']],
  [{ LANG: 'en_GB.UTF-8', LANGUAGE: 'zh_TW:zh' }, ['zh-TW', 'zh', 'en-GB']],
  [{ LANG: 'de_DE', LC_ALL: 'fr_CH.UTF-8' }, ['fr-CH']],
  [{ LANG: 'sr_RS@latin' }, ['sr-RS']],
  [{}, ['en-US']],
  [{ LANG: 'C.UTF-8', LANGUAGE: 'ja' }, ['en-US']],
  [{ LANG: '!!' }, ['en-US']],
])('%j gives %j', (env, locales) => {
  expect(readSystemLocales(env)).toEqual(locales)
})
