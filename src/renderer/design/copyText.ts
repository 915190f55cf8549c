import { noteCopied } from './lastCopied.ts'

/** Puts public text on the clipboard; tells whether it worked. Never for secrets: other programs read the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  noteCopied(text)
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Permissions are denied as a whole in the app; the older way needs none, only the user's own click.
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('readonly', '')
  area.className = 'visually-hidden'
  const focused = document.activeElement
  const host = focused?.closest('dialog') ?? document.body
  host.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return isCopied
}
