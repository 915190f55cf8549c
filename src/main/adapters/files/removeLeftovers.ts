import { readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isLeftover } from './temporaryFiles.ts'

/** Removes the temporary files that crashed writers of this path left behind; those of living writers stay. */
export async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path)
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  for (const name of names) {
    const found = join(folder, name)
    if (isLeftover(found, path)) await rm(found, { force: true })
  }
}
