import { useLayoutEffect, useRef } from 'react'
import { encode } from 'uqr'
import styles from './QrCode.module.css'

interface SecretQrCodeProps {
  /** UTF-8, read once when it is drawn. */
  readonly read: () => Uint8Array<ArrayBuffer> | undefined
  readonly label: string
  readonly size: number
}

/** A QR code of a secret for paper: on a canvas, so that neither React nor the document holds what it says. */
export function SecretQrCode({ read, label, size }: SecretQrCodeProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  const readRef = useRef(read)
  useLayoutEffect(() => {
    const canvas = ref.current
    const secret = readRef.current()
    const context = canvas?.getContext('2d')
    if (!canvas || !context || !secret) return
    const { data, size: modules } = encode(new TextDecoder().decode(secret), { ecc: 'M', border: 4 })
    canvas.width = modules
    canvas.height = modules
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, modules, modules)
    context.fillStyle = '#0c1a26'
    for (const [y, row] of data.entries()) {
      for (const [x, isDark] of row.entries()) if (isDark) context.fillRect(x, y, 1, 1)
    }
    return () => context.clearRect(0, 0, canvas.width, canvas.height)
  }, [])
  return (
    <canvas
      ref={ref}
      className={styles.code}
      style={{ width: size, height: size, imageRendering: 'pixelated' }}
      role="img"
      aria-label={label}
    />
  )
}
