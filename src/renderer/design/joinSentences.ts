/** Puts sentences one after the other: with a space between them, but for scripts whose full stop brings its own. */
export function joinSentences(...sentences: readonly (string | false | undefined)[]): string {
  return sentences.reduce<string>((text, sentence) => {
    if (!sentence) return text
    return text === '' || /[。！？」）]$/.test(text) ? text + sentence : `${text} ${sentence}`
  }, '')
}
