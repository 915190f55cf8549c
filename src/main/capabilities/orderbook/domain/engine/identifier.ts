const NUMBER_SIGN = 35
const LONGEST = 64

/** Whether a text may name something: printable ASCII without spaces and without `#`, which is for slices. */
export function isIdentifier(text: string): boolean {
  if (!hasIdentifierLength(text)) return false
  for (let at = 0; at < text.length; at += 1) {
    if (!isIdentifierCode(text.charCodeAt(at))) return false
  }
  return true
}

export function hasIdentifierLength(text: string): boolean {
  return text.length > 0 && text.length <= LONGEST
}

export function isIdentifierCode(code: number): boolean {
  return code > 32 && code <= 126 && code !== NUMBER_SIGN
}
