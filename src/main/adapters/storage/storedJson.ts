const tag = '$bigint'

/** Writes a value as JSON; bigints become `{"$bigint":"<decimal>"}`, so that no digit is lost. Plain data only. */
export function encodeStored(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint' ? { [tag]: member.toString() } : member,
  )
}

/** Reads what `encodeStored` wrote. @throws SyntaxError on anything else. The caller checks the shape with a schema. */
export function decodeStored(text: string): unknown {
  return JSON.parse(text, (_key, member: unknown) => {
    if (typeof member !== 'object' || member === null || !(tag in member)) return member
    const digits = member[tag]
    if (typeof digits !== 'string' || !/^-?\d{1,100}$/.test(digits))
      throw new SyntaxError('Not a stored bigint')
    return BigInt(digits)
  })
}
