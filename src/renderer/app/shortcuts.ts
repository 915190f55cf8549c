/** Whether a key press is a shortcut with the platform's main modifier: Ctrl, or ⌘ on macOS. */
export function isShortcut(event: KeyboardEvent, key: string): boolean {
  return (
    (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === key
  )
}

/** How a shortcut is written on this platform. */
export function writeShortcut(key: string, platform: string | undefined): string {
  return platform === 'darwin' ? `⌘ ${key}` : `Ctrl ${key}`
}
