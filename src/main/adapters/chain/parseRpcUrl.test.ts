import { expect, test } from 'vitest'
import { AppError } from '../../../shared/errors/AppError.ts'
import { parseRpcUrl } from './parseRpcUrl.ts'

test('keeps what is needed to connect and names the host alone', () => {
  expect(parseRpcUrl(' https://node.example:8545/v2/KEY?x=1#y ')).toEqual({
    kind: 'http',
    href: 'https://node.example:8545/v2/KEY?x=1',
    authorization: undefined,
    host: 'node.example:8545',
  })
  expect(parseRpcUrl('wss://node.example/KEY')).toMatchObject({ kind: 'webSocket', host: 'node.example' })
})

test('takes user and password out of the address', () => {
  const { href, authorization } = parseRpcUrl('http://me:p%40ss@127.0.0.1:8545')
  expect(href).toBe('http://127.0.0.1:8545/')
  expect(authorization).toBe(`Basic ${btoa('me:p@ss')}`)
})

test.each([
  ['node.example', 'syntax'],
  ['', 'syntax'],
  ['ftp://node.example', 'protocol'],
  ['file:///etc/passwd', 'protocol'],
  ['javascript:alert(1)', 'protocol'],
  ['ws://me:secret@node.example', 'credentials'],
  ['http://me:%ff@node.example', 'credentials'],
])('refuses %s', (text, reason) => {
  expect(() => parseRpcUrl(text)).toThrow(AppError)
  try {
    parseRpcUrl(text)
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'chain.invalidRpcUrl', params: { reason } })
  }
})
