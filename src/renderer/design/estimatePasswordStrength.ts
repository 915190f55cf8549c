export type PasswordStrength = 'weak' | 'fair' | 'good' | 'strong'

/**
 * A rough hint, not a promise: bits by length and kinds of characters, less for repetition and runs.
 *
 * It only has to tell "password1" from a sentence; the key derivation and the keychain carry the real weight.
 */
export function estimatePasswordStrength(password: string): PasswordStrength {
  const characters = [...password]
  if (characters.length < 8) return 'weak'
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length
  const alphabet = [0, 26, 40, 60, 80][kinds] ?? 80
  let surprising = 0
  for (const [index, character] of characters.entries()) {
    const previous = index === 0 ? undefined : characters[index - 1]?.codePointAt(0)
    const step = previous === undefined ? undefined : (character.codePointAt(0) ?? 0) - previous
    if (step === undefined || Math.abs(step) > 1) surprising += 1
  }
  const distinct = new Set(characters).size
  const bits = Math.min(surprising, distinct * 2) * Math.log2(alphabet) * 0.75
  if (bits < 30) return 'weak'
  if (bits < 45) return 'fair'
  return bits < 65 ? 'good' : 'strong'
}
