import { useEffect, useRef } from 'react'

/** Calls when another window comes to the front, unless it is the print dialog that was just asked for. */
export function useCoverOnBlur(onBlur: () => void): void {
  const ref = useRef(onBlur)
  useEffect(() => {
    ref.current = onBlur
  })
  useEffect(() => {
    let isPrinting = false
    const beforePrint = () => {
      isPrinting = true
    }
    const afterPrint = () => {
      isPrinting = false
    }
    const blur = () => {
      if (!isPrinting) ref.current()
    }
    window.addEventListener('beforeprint', beforePrint)
    window.addEventListener('afterprint', afterPrint)
    window.addEventListener('blur', blur)
    return () => {
      window.removeEventListener('beforeprint', beforePrint)
      window.removeEventListener('afterprint', afterPrint)
      window.removeEventListener('blur', blur)
    }
  }, [])
}
