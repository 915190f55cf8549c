import { describe, expect, it } from 'vitest'
import { checkPhraseShape } from './checkPhraseShape.ts'

describe('checkPhraseShape', () => {
  it('reads words over any white space and in any case', () => {
    expect(checkPhraseShape('  Abandon\tability\n able ', 'whenDone').words).toEqual([
      'abandon',
      'ability',
      'able',
    ])
  })

  it('does not judge a word that is still being typed', () => {
    expect(checkPhraseShape('abandon ab', 'whileTyping').impossible).toBeUndefined()
    expect(checkPhraseShape('abandon ab ', 'whileTyping').impossible).toEqual({ position: '2', word: 'ab' })
    expect(checkPhraseShape('abandon ab', 'whenDone').impossible).toEqual({ position: '2', word: 'ab' })
  })

  it.each(['abandon1', 'toolongword', 'ab', '港1'])('finds %s impossible', (word) => {
    expect(checkPhraseShape(word, 'whenDone').impossible?.position).toBe('1')
  })

  it.each(['あいこくしん', 'académie', '港', 'ábaco'])(
    'lets %s stand, as lists in other languages hold it',
    (word) => {
      expect(checkPhraseShape(word, 'whenDone').impossible).toBeUndefined()
    },
  )
})
