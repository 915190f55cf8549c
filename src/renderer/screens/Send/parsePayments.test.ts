import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePoint } from '../../../shared/testing/codePoint.ts'
import { parsePayments } from './parsePayments.ts'

test.each([['hana.eth, 1.5'], ['hana.eth;1.5'], ['hana.eth\t1.5'], ['  hana.eth   1.5  ']])(
  'reads %j',
  (line) => {
    expect(parsePayments(`\n${line}\r\n\n`)).toEqual({ payments: [{ recipient: 'hana.eth', amount: '1.5' }] })
  },
)

test.each([['hana.eth'], ['hana.eth 1 2'], ['hana.eth, 1,000'], ['1.5']])('names the line of %j', (line) => {
  expect(parsePayments(`a 1\n\n${line}\nb 2`)).toEqual({ badLine: 3 })
})

test('whatever is pasted, nothing is left out in silence', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: codePoint }), { maxLength: 8 }), (lines) => {
      const text = lines.map((line) => line.replaceAll('\n', '')).join('\n')
      const parsed = parsePayments(text)
      const filled = text.split('\n').filter((line) => line.trim() !== '').length
      if ('payments' in parsed) expect(parsed.payments).toHaveLength(filled)
    }),
  )
})
