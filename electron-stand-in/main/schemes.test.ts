import { beforeAll, expect, test } from 'vitest'
import { addScheme, fromChromiumUrl, originOf, toChromiumPolicy, toChromiumUrl } from './schemes.ts'

beforeAll(() => addScheme('app'))

test.each([
  ['app://bundle/index.html', 'https://bundle.app.localhost/index.html'],
  ['app://bundle/a/b?c=d#e', 'https://bundle.app.localhost/a/b?c=d#e'],
])('translates %s there and back', (appUrl, chromiumUrl) => {
  expect(toChromiumUrl(appUrl)).toBe(chromiumUrl)
  expect(fromChromiumUrl(chromiumUrl)).toBe(appUrl)
})

test('gives a bare host its path', () => {
  expect(toChromiumUrl('app://bundle')).toBe('https://bundle.app.localhost/')
})

test.each([
  'https://example.org/',
  'about:blank',
  'data:text/html,x',
  'other://bundle/',
  'https://bundle.other.localhost/',
])('leaves %s alone', (url) => {
  expect(toChromiumUrl(url)).toBe(url)
  expect(fromChromiumUrl(url)).toBe(url)
})

test.each([
  'https://bundle.app.localhost.example.org/',
  'https://bundle.app.localhost:8443/',
  'http://bundle.app.localhost/',
])('does not take %s for the app', (url) => {
  expect(fromChromiumUrl(url)).toBe(url)
  expect(originOf(fromChromiumUrl(url))).not.toMatch(/^app:/)
})

test('serialises origins as Electron does', () => {
  expect(originOf('app://bundle/x')).toBe('app://bundle')
  expect(originOf('https://example.org/x')).toBe('https://example.org')
  expect(originOf('data:text/html,x')).toBe('null')
  expect(originOf('nonsense')).toBe('null')
})

test('translates the sources of a policy, and nothing else', () => {
  expect(
    toChromiumPolicy(
      "default-src 'none'; script-src 'self' app:; img-src app://bundle data:;connect-src app://bundle",
    ),
  ).toBe(
    "default-src 'none'; script-src 'self' https://*.app.localhost; img-src https://bundle.app.localhost data:;connect-src https://bundle.app.localhost",
  )
})
