import { expect, test } from 'vitest'
import { composeSwitches } from './composeSwitches.ts'

const options = {
  profile: '/tmp/profile',
  hasDisplay: false,
  isRoot: false,
  locale: 'ja',
  appSwitches: new Map<string, string>(),
}

test('runs headless without a display, and only then', () => {
  expect(composeSwitches(options)).toContain('--headless=new')
  expect(composeSwitches({ ...options, hasDisplay: true }).join()).not.toContain('headless')
})

test('keeps the sandbox unless root or told otherwise', () => {
  expect(composeSwitches(options)).not.toContain('--no-sandbox')
  expect(composeSwitches({ ...options, isRoot: true })).toContain('--no-sandbox')
  expect(composeSwitches({ ...options, appSwitches: new Map([['no-sandbox', '']]) })).toContain(
    '--no-sandbox',
  )
})

test('joins feature lists instead of replacing its own', () => {
  const features = composeSwitches({ ...options, appSwitches: new Map([['disable-features', 'Mine']]) }).find(
    (item) => item.startsWith('--disable-features='),
  )
  expect(features).toMatch(/Translate,.*,Mine$/)
})

test('never lets the app move the profile, the debugging pipe or Node switches into Chromium', () => {
  const appSwitches = new Map([
    ['user-data-dir', '/home/user/data'],
    ['inspect', '0'],
    ['host-resolver-rules', 'MAP * 127.0.0.1'],
  ])
  const composed = composeSwitches({ ...options, appSwitches })
  expect(composed).toContain('--user-data-dir=/tmp/profile')
  expect(composed).toContain('--host-resolver-rules=MAP *.localhost ~NOTFOUND')
  expect(composed.join()).not.toMatch(/inspect|home\/user|127\.0\.0\.1/)
})
