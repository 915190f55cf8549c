import { describe, expect, it } from 'vitest'
import tokens from './tokens.css?inline'

/** Reads `--name: light-dark(#light, #dark)`. */
function coloursOf(side: 'light' | 'dark'): ReadonlyMap<string, string> {
  const pairs = tokens.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)
  return new Map(
    [...pairs].map(([, name, light, dark]) => [name ?? '', (side === 'light' ? light : dark) ?? '']),
  )
}

/** Relative luminance, WCAG 2.2. */
function luminanceOf(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

function contrastOf(a: string, b: string): number {
  const [darker, lighter] = [luminanceOf(a), luminanceOf(b)].sort((left, right) => left - right)
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05)
}

const grounds = ['ground', 'surface', 'raised', 'sunken', 'hover', 'selected']
const textPairs: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] => [
    ['ink', ground],
    ['ink-quiet', ground],
  ]),
  ...['ground', 'surface', 'raised'].flatMap((ground): [string, string][] => [
    ['safe', ground],
    ['caution', ground],
    ['attention', ground],
  ]),
  ['safe', 'safe-ground'],
  ['caution', 'caution-ground'],
  ['attention', 'attention-ground'],
  ['ink', 'safe-ground'],
  ['ink', 'caution-ground'],
  ['ink', 'attention-ground'],
  ['lamp-ink', 'lamp'],
  ['lamp-ink', 'lamp-hover'],
]

describe.each(['light', 'dark'] as const)('the colours of the %s theme', (side) => {
  const colours = coloursOf(side)
  const contrast = (a: string, b: string) => contrastOf(colours.get(a) ?? '', colours.get(b) ?? '')

  it.each(textPairs)('let %s be read on %s (AA, 4.5)', (text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['ground', 'surface', 'raised'])(
    'show the edges of controls and the focus on %s (AA, 3)',
    (ground) => {
      expect(contrast('line-strong', ground)).toBeGreaterThanOrEqual(3)
      expect(contrast('focus', ground)).toBeGreaterThanOrEqual(3)
    },
  )
})
