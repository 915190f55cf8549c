import { expect, test } from 'vitest'
import { matchesUrlPattern } from './matchesUrlPattern.ts'

test.each([
  ['https://example.org/a?b', '<all_urls>', true],
  ['https://example.org/a', '*://*/*', true],
  ['app://bundle/a', '*://*/*', false],
  ['app://bundle/a', 'app://*/*', true],
  ['https://a.example.org/', 'https://*.example.org/*', true],
  ['https://example.org/', 'https://*.example.org/*', true],
  ['https://badexample.org/', 'https://*.example.org/*', false],
  ['http://localhost:8545/x', 'http://localhost/*', true],
  ['http://localhost:8545/x', 'http://localhost:8545/*', true],
  ['http://localhost:1/x', 'http://localhost:8545/*', false],
  ['https://example.org/a.b', 'https://example.org/a?b', false],
])('%s against %s: %s', (url, pattern, matches) => {
  expect(matchesUrlPattern(url, [pattern])).toBe(matches)
})

test('refuses what is no pattern', () => {
  expect(() => matchesUrlPattern('https://example.org/', ['example'])).toThrow('Invalid url pattern')
})
