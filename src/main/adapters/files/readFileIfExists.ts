import { open } from 'node:fs/promises'

/** A file that is larger than its reader is prepared to take; nothing of it was kept. */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError'
}

/**
 * Reads a whole file, or gives `undefined` where there is none.
 *
 * @throws FileTooLargeError, or the system's own error.
 */
export async function readFileIfExists(path: string, maximumBytes: number): Promise<Uint8Array | undefined> {
  const file = await open(path, 'r').catch((error: unknown) => {
    // ENOTDIR: what should be its folder is a file, so there is none here either.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined
    }
    throw error
  })
  if (file === undefined) return undefined
  try {
    const { size } = await file.stat()
    if (size > maximumBytes) throw new FileTooLargeError(`More than ${maximumBytes} bytes`)
    return new Uint8Array(await file.readFile())
  } finally {
    await file.close()
  }
}
