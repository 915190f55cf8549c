import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeCsv } from './encodeCsv.ts'

const decode = (rows: readonly (readonly string[])[]) => encodeCsv(rows).slice(1)

test('quotes what needs it, and ends every row', () => {
  expect(
    decode([
      ['a', 'b,c'],
      ['say "hi"', 'two\nlines'],
    ]),
  ).toBe('a,"b,c"\r\n"say ""hi""","two\nlines"\r\n')
})

test('names that spreadsheets would run are made harmless, and numbers stay numbers', () => {
  expect(decode([['=HYPERLINK("x")', '@SUM(A1)', '+1', '-1.5', '-cmd']])).toBe(
    `"'=HYPERLINK(""x"")",'@SUM(A1),'+1,-1.5,'-cmd\r\n`,
  )
})

test('whatever the fields, a reader gets as many rows and columns', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }), (rows) => {
      expect(parse(decode(rows))).toHaveLength(rows.length)
      for (const row of parse(decode(rows))) expect(row).toHaveLength(2)
    }),
  )
})

/** RFC 4180, by hand: what a spreadsheet would make of it. */
function parse(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let isQuoted = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] as string
    if (isQuoted) {
      if (character !== '"') field += character
      else if (text[index + 1] === '"') {
        field += '"'
        index += 1
      } else isQuoted = false
    } else if (character === '"') isQuoted = true
    else if (character === ',') {
      row.push(field)
      field = ''
    } else if (character === '\r' && text[index + 1] === '\n') {
      rows.push([...row, field])
      row = []
      field = ''
      index += 1
    } else field += character
  }
  return rows
}
