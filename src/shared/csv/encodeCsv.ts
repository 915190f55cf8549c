/**
 * A table as CSV (RFC 4180), with the mark at the beginning by which spreadsheets recognise UTF-8.
 *
 * A text that a spreadsheet would carry out as a formula gets an apostrophe in front: names come from strangers.
 */
export function encodeCsv(rows: readonly (readonly string[])[]): string {
  const text = rows.map((row) => row.map(encodeField).join(',')).join('\r\n')
  return `\ufeff${text}\r\n`
}

function encodeField(field: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(field)
  const safe = !isNumber && /^[=+\-@\t\r]/.test(field) ? `'${field}` : field
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
