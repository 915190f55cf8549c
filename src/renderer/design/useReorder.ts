import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'

interface Drag<Id extends string> {
  readonly id: Id
  readonly to: number
}

/** What the handle of an item carries. */
export interface ReorderHandle<Id extends string> {
  readonly 'data-handle': Id
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerUp: () => void
  readonly onPointerCancel: () => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

interface Reorder<Id extends string> {
  readonly listRef: RefObject<HTMLUListElement | null>
  readonly drag: Drag<Id> | undefined
  readonly handleOf: (id: Id) => ReorderHandle<Id>
}

/**
 * Moves the items of a list by dragging their handles, and by the arrow keys on a handle.
 *
 * The list's children are its items, in the order of the ids; `onMove` is told the place among the others.
 */
export function useReorder<Id extends string>(
  ids: readonly Id[],
  onMove: (id: Id, to: number) => void,
): Reorder<Id> {
  const listRef = useRef<HTMLUListElement>(null)
  const [drag, setDrag] = useState<Drag<Id>>()
  const movedByKey = useRef<Id | undefined>(undefined)
  const order = ids.join(' ')

  // The browser takes the focus from an element that is put elsewhere in the document.
  useEffect(() => {
    const id = movedByKey.current
    movedByKey.current = undefined
    if (id === undefined || !order.includes(id)) return
    listRef.current?.querySelector<HTMLElement>(`[data-handle="${CSS.escape(id)}"]`)?.focus()
  }, [order])

  const placeAt = (id: Id, clientY: number) => {
    const items = [...(listRef.current?.children ?? [])]
    const middles = items.map((item) => {
      const { top, height } = item.getBoundingClientRect()
      return top + height / 2
    })
    return middles.filter((middle, index) => ids[index] !== id && middle < clientY).length
  }
  const handleOf = (id: Id) => ({
    'data-handle': id,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      setDrag({ id, to: ids.indexOf(id) })
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag?.id !== id) return
      const to = placeAt(id, event.clientY)
      if (to !== drag.to) setDrag({ id, to })
    },
    onPointerUp: () => {
      if (drag?.id === id && drag.to !== ids.indexOf(id)) onMove(id, drag.to)
      setDrag(undefined)
    },
    onPointerCancel: () => setDrag(undefined),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'Escape' && drag) return setDrag(undefined)
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      const to = ids.indexOf(id) + step
      if (step === 0) return
      event.preventDefault()
      if (to < 0 || to >= ids.length) return
      movedByKey.current = id
      onMove(id, to)
    },
  })
  return { listRef, drag, handleOf }
}

/** The ids with one of them at another place. */
export function moveId<Id extends string>(ids: readonly Id[], id: Id, to: number): Id[] {
  const others = ids.filter((other) => other !== id)
  return [...others.slice(0, to), id, ...others.slice(to)]
}
