import styles from './AddressFlag.module.css'

const colours = [
  '#1d4e79',
  '#e9e3d0',
  '#2f8f7d',
  '#d9a441',
  '#5b6b7a',
  '#8f3f5a',
  '#7ea6c9',
  '#2b2f3a',
] as const

/** FNV-1a over the lower-case text: spreads every character of the address over the picture. */
function hashOf(address: string): number {
  let hash = 0x811c9dc5
  for (const character of address.toLowerCase()) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return hash
}

/** A signal flag by address: helps to tell own accounts apart at a glance, and proves nothing. */
export function AddressFlag({ address, size = 20 }: { readonly address: string; readonly size?: number }) {
  const hash = hashOf(address)
  const first = hash % colours.length
  const second = (first + 1 + ((hash >>> 3) % (colours.length - 1))) % colours.length
  const ground = colours[first]
  const figure = colours[second]
  return (
    <svg className={styles.flag} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <rect width="20" height="20" fill={ground} />
      <path d={figures[(hash >>> 7) % figures.length]} fill={figure} />
    </svg>
  )
}

const figures = [
  'M0 0h10v20H0z',
  'M0 0h20L0 20z',
  'M8 0h4v8h8v4h-8v8H8v-8H0V8h8z',
  'M0 0h10v10H0zM10 10h10v10H10z',
  'M5 5h10v10H5z',
  'M0 7h20v6H0z',
  'M10 2l8 8-8 8-8-8z',
  'M0 0h3l7 7 7-7h3v3l-7 7 7 7v3h-3l-7-7-7 7H0v-3l7-7-7-7z',
] as const
