import { type RefObject, useEffect, useState } from 'react'

/** The width of an element, followed as it changes; the first guess until it is known. */
export function useElementWidth(ref: RefObject<HTMLElement | null>, firstGuess: number): number {
  const [width, setWidth] = useState(firstGuess)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.floor(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width
}
