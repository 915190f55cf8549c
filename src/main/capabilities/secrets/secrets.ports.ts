/** The system's clipboard, for text. */
export interface ClipboardPort {
  read(): Promise<string>
  write(text: string): Promise<void>
  clear(): void
}

/** What the desktop does for files. */
export interface FilePlacesPort {
  /** Asks the user where to save; `undefined` where they changed their mind. */
  askSavePath(suggestedName: string): Promise<string | undefined>
  /** The main window as it would be printed. */
  printToPdf(): Promise<Uint8Array>
}

export interface FileSaverDependencies {
  readonly desktop: FilePlacesPort
  /** A file that only its owner can read. */
  readonly write: (path: string, content: Uint8Array) => Promise<void>
}

export interface SecretClipboardDependencies {
  readonly clipboard: ClipboardPort
  readonly nowMs: () => number
  /** Calls back once after so many milliseconds; returns what cancels it. */
  readonly after: (delayMs: number, callback: () => void) => () => void
}
