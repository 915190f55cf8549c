const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu
const stackedMarks = /(\p{M}{2})\p{M}+/gu

/**
 * Makes text from a node, a contract or a file fit to be shown: one line, at most `maxLength` code points, without control, direction-changing
 * or zero-width characters, and without piles of combining marks.
 */
export function toSafeText(text: string, maxLength: number): string {
  // Hostile strings can be megabytes long; nothing beyond this can survive the final cut anyway.
  const head = text.slice(0, maxLength * 16)
  const clean = head
    .normalize('NFC')
    .replace(invisible, ' ')
    .replace(stackedMarks, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
  const points = [...clean]
  return points.length <= maxLength ? clean : `${points.slice(0, maxLength - 1).join('')}…`
}
