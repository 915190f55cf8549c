/** One append-only file. */
export interface JournalFile {
  /** The whole content; empty where nothing was written yet. */
  read(): Promise<Uint8Array>
  /** Cuts off what was torn in writing; to be called before the first append. */
  truncate(length: number): Promise<void>
  /**
   * Appends bytes and resolves when they are on the disk. Appends that are asked for meanwhile are written and flushed
   * together, in their order. After a failure every later append fails too: what follows a gap is worthless.
   *
   * @throws AppError `storage.writeFailed`
   */
  append(bytes: Uint8Array): Promise<void>
  /** Puts a new content in the place of everything, atomically. */
  replace(bytes: Uint8Array): Promise<void>
  /** Closes it for good; whatever is asked of it afterwards fails. */
  close(): Promise<void>
}
