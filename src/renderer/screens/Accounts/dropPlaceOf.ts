/** Where the line is drawn that shows the place of what is dragged. */
export function dropPlaceOf<Id extends string>(
  drag: { readonly id: Id; readonly to: number } | undefined,
  ids: readonly Id[],
  id: Id,
): 'dragged' | 'before' | 'after' | undefined {
  if (!drag) return undefined
  if (drag.id === id) return 'dragged'
  const others = ids.filter((other) => other !== drag.id)
  if (others[drag.to] === id) return 'before'
  return drag.to === others.length && others.at(-1) === id ? 'after' : undefined
}
