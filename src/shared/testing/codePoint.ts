import fc from 'fast-check'

/** Any code point but half of a pair: what fast-check calls `binary`, for which it makes tables for more than a second. */
export const codePoint = fc
  .nat({ max: 0x10_ffff - 0x800 })
  .map((index) => String.fromCodePoint(index < 0xd800 ? index : index + 0x800))
