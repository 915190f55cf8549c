export interface SettingsStore {
  /** What was written last, or `undefined`; not yet checked. */
  read(): unknown
  write(settings: unknown): void
}
