import { copyFile, link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from './syncFolder.ts'
import { withTemporaryFile } from './temporaryFiles.ts'

export interface AtomicWriteOptions {
  /** Keeps what was there before beside it, under the name that `backupPathOf` gives. */
  readonly keepPrevious?: boolean
  /** Fails with `EEXIST` where a file is there already, even one that appeared a moment ago. */
  readonly mustNotExist?: boolean
}

/** Where the previous copy of a file is kept. */
export function backupPathOf(path: string): string {
  return `${path}.bak`
}

/**
 * Replaces a file so that every reader, and whoever looks after a crash or a power cut, finds the old content or the
 * new one and never a mixture. Only the owner may read the file. The folder must exist.
 *
 * @throws the system's own error; the file is then as it was, unless only the last flush of the folder failed.
 */
export async function writeFileAtomically(
  path: string,
  content: Uint8Array | string,
  options: AtomicWriteOptions = {},
): Promise<void> {
  await withTemporaryFile(path, async (temporary) => {
    try {
      await writeAndSync(temporary, content)
      if (options.mustNotExist) {
        await publishNew(temporary, path)
      } else {
        if (options.keepPrevious) await keepPrevious(path)
        await rename(temporary, path)
      }
      await syncFolder(dirname(path))
    } finally {
      await rm(temporary, { force: true })
    }
  })
}

async function writeAndSync(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(content)
    // Without this, a rename can reach the disk before the bytes do, and a power cut leaves an empty file.
    await file.sync()
  } finally {
    await file.close()
  }
}

async function publishNew(temporary: string, path: string): Promise<void> {
  try {
    // A rename would replace a file that another process made in between; a link refuses.
    await link(temporary, path)
  } catch (error) {
    if (!isWithoutHardLinks(error)) throw error
    const file = await open(path, 'wx', 0o600)
    await file.close()
    await rename(temporary, path)
  }
}

async function keepPrevious(path: string): Promise<void> {
  await withTemporaryFile(backupPathOf(path), async (temporary) => {
    try {
      await link(path, temporary).catch(async (error: unknown) => {
        if (!isWithoutHardLinks(error)) throw error
        await copyFile(path, temporary)
      })
      await rename(temporary, backupPathOf(path))
    } catch (error) {
      if (!isMissing(error)) throw error
    } finally {
      // POSIX: renaming one link of a file onto another does nothing and leaves both.
      await rm(temporary, { force: true })
    }
  })
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function isWithoutHardLinks(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(error.code)
  )
}
