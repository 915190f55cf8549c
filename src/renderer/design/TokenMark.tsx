import styles from './TokenMark.module.css'

interface TokenMarkProps {
  readonly symbol: string
  readonly assetClass: 'coin' | 'stablecoin' | 'rwa' | 'token'
}

/** A token's initials in the shape of its kind. No logos: anybody can put anybody's logo on a token. */
export function TokenMark({ symbol, assetClass }: TokenMarkProps) {
  return (
    <span className={styles.mark} data-class={assetClass} aria-hidden="true">
      {[...symbol].slice(0, symbol.length > 3 ? 2 : 3).join('')}
    </span>
  )
}
