import { expect, it } from 'vitest'
import { overwriteBytes } from './overwriteBytes.ts'

it('overwrites bytes however deep they lie, and nothing else', () => {
  const password = new TextEncoder().encode('password')
  const word = new TextEncoder().encode('word')
  const input = { password, confirmations: [{ position: 3, word }], protection: 'keychain', draft: undefined }
  overwriteBytes(input, null, 5n)
  expect([...password, ...word]).toEqual(Array.from({ length: 12 }, () => 0))
  expect(input.protection).toBe('keychain')
  expect(input.confirmations[0]?.position).toBe(3)
})
