import { expect, test } from 'vitest'
import { parseArguments } from './parseArguments.ts'

test('reads what Playwright passes', () => {
  const parsed = parseArguments([
    '-r',
    '/pw/loader.js',
    '--no-sandbox',
    '--inspect=0',
    '--remote-debugging-port=0',
    '.',
  ])
  expect(parsed.preloadedModules).toEqual(['/pw/loader.js'])
  expect(parsed.appPath).toBe('.')
  expect([...parsed.switches]).toEqual([
    ['no-sandbox', ''],
    ['inspect', '0'],
    ['remote-debugging-port', '0'],
  ])
})

test('keeps equal signs in values, and lets the last of a name win', () => {
  const { switches } = parseArguments(['.', '--user-data-dir=/a', '--user-data-dir=/b=c'])
  expect(switches.get('user-data-dir')).toBe('/b=c')
})

test('takes the first positional argument as the app, even after switches', () => {
  expect(parseArguments(['--flag', 'app', 'file']).appPath).toBe('app')
  expect(parseArguments([]).appPath).toBe('.')
})

test('takes nothing after -- for a switch', () => {
  const parsed = parseArguments(['--', '--odd-name'])
  expect(parsed.appPath).toBe('--odd-name')
  expect(parsed.switches.size).toBe(0)
})

test('refuses -r without a module', () => {
  expect(() => parseArguments(['-r'])).toThrow('-r needs the path of a module')
})
