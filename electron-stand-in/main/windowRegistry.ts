/** What the app needs of a window to end it. */
export type ManagedWindow = {
  readonly close: () => void
  readonly destroy: () => void
}

/** The windows that are open, oldest first. */
export const openWindows = new Set<ManagedWindow>()
