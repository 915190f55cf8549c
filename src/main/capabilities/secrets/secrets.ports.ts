/** The system's clipboard, for text. */
export interface ClipboardPort {
  read(): Promise<string>
  write(text: string): Promise<void>
  clear(): void
}

export interface SecretClipboardDependencies {
  readonly clipboard: ClipboardPort
  readonly nowMs: () => number
  /** Calls back once after so many milliseconds; returns what cancels it. */
  readonly after: (delayMs: number, callback: () => void) => () => void
}
