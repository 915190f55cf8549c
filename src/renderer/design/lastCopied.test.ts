// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { findExchangedCopy, noteCopied } from './lastCopied.ts'

const copied = '0x8ba1f109551bD432803012645Ac136ddd64DBA72'
const other = '0x8ba1f109551bD432803012645Ac136ddd64DBA73'

test('tells when another address is pasted than was copied here just before', () => {
  expect(findExchangedCopy(other)).toBeUndefined()
  noteCopied(copied)
  expect(findExchangedCopy(other)).toBe(copied)
  expect(findExchangedCopy(copied.toLowerCase())).toBeUndefined()
  expect(findExchangedCopy('hana.eth')).toBeUndefined()
})

test('says nothing once the user has been in another window, or copied something else here', () => {
  noteCopied(copied)
  window.dispatchEvent(new Event('blur'))
  expect(findExchangedCopy(other)).toBeUndefined()
  noteCopied(copied)
  document.dispatchEvent(new Event('copy'))
  expect(findExchangedCopy(other)).toBeUndefined()
})
