import { useMemo } from 'react'
import { encode } from 'uqr'
import styles from './QrCode.module.css'

/** A QR code of public or printed text: dark on white in both themes, because many scanners read nothing else. */
export function QrCode({
  text,
  label,
  size = 208,
}: {
  readonly text: string
  readonly label: string
  readonly size?: number
}) {
  const { path, modules } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: 4 })
    const rows = code.data.map((row, y) =>
      row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join(''),
    )
    return { path: rows.join(''), modules: code.size }
  }, [text])
  return (
    <svg
      className={styles.code}
      width={size}
      height={size}
      viewBox={`0 0 ${modules} ${modules}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#0c1a26" />
    </svg>
  )
}
