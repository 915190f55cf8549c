import { type RefObject, useEffect, useState } from 'react'

/** Rows that are drawn above and below what can be seen, so that scrolling shows no gap, and draws anew only now and then. */
const spareRows = 16
/** With fewer than this left in the direction of scrolling, others are drawn. */
const leastSpareRows = 5
/** Fewer rows than this are all drawn. */
const fewRows = 60

export interface VisibleRows {
  readonly first: number
  /** Not counted in. */
  readonly end: number
}

/** Which rows of a long table can be seen, all of one height: only those need to be in the document. */
export function useVisibleRows(
  tableRef: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): VisibleRows {
  const [visible, setVisible] = useState<VisibleRows>({ first: 0, end: Math.min(count, fewRows) })
  useEffect(() => {
    const table = tableRef.current
    if (!table || count <= fewRows) return
    const update = () => {
      const { top } = table.getBoundingClientRect()
      const firstSeen = Math.floor(-top / rowHeight)
      const endSeen = Math.ceil((window.innerHeight - top) / rowHeight)
      const around = (rows: number) => ({
        first: Math.max(0, firstSeen - rows),
        end: Math.min(count, endSeen + rows),
      })
      const needed = around(leastSpareRows)
      const drawn = around(spareRows)
      setVisible((known) => {
        const isEnough = known.first <= needed.first && known.end >= needed.end
        // Far more than is drawn anew would stay after the window became smaller.
        return isEnough && known.end - known.first <= drawn.end - drawn.first + spareRows ? known : drawn
      })
    }
    update()
    // Scrolling does not bubble, and it is the pane that scrolls.
    document.addEventListener('scroll', update, { capture: true, passive: true })
    window.addEventListener('resize', update)
    return () => {
      document.removeEventListener('scroll', update, { capture: true })
      window.removeEventListener('resize', update)
    }
  }, [tableRef, count, rowHeight])
  return count <= fewRows
    ? { first: 0, end: count }
    : { first: Math.min(visible.first, count), end: Math.min(visible.end, count) }
}
