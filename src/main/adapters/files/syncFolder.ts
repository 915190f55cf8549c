import { open } from 'node:fs/promises'
import process from 'node:process'

/** Flushes a folder's entries, so that a rename in it survives a power cut. */
export async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders as files; NTFS journals renames by itself.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
