import { expect, it } from 'vitest'
import { joinSentences } from './joinSentences.ts'

it('puts a space between sentences where the script wants one', () => {
  expect(joinSentences('One.', undefined, 'Two.')).toBe('One. Two.')
  expect(joinSentences('一つ。', false, '二つ。')).toBe('一つ。二つ。')
  expect(joinSentences('', 'Alone.')).toBe('Alone.')
})
