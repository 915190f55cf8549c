/**
 * The last text that was copied inside the window, for as long as the window keeps the focus: nobody can have copied anything else
 * meanwhile, so that another address on the clipboard is the work of another program.
 */
let last: string | undefined

export function noteCopied(text: string | undefined): void {
  last = text
}

if (typeof window !== 'undefined') {
  window.addEventListener('blur', () => noteCopied(undefined))
  // What is copied by hand, and cut, counts as well.
  for (const kind of ['copy', 'cut'] as const) {
    document.addEventListener(kind, () => noteCopied(document.getSelection()?.toString()), { capture: true })
  }
}

/** The address that was copied here just before, where it is another one than what is pasted. */
export function findExchangedCopy(pasted: string): string | undefined {
  const isAddress = (text: string) => /^0x[0-9a-f]{40}$/i.test(text.trim())
  if (last === undefined || !isAddress(last) || !isAddress(pasted)) return undefined
  return last.trim().toLowerCase() === pasted.trim().toLowerCase() ? undefined : last.trim()
}
