import { constants } from 'node:fs'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { JournalFile } from '../../capabilities/orderbook/index.ts'
import { syncFolder } from '../files/syncFolder.ts'
import { writeFileAtomically } from '../files/writeFileAtomically.ts'

interface Waiting {
  readonly bytes: Uint8Array
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Opens, or creates for its owner alone, the journal at a path. Appends are flushed together: group commit. */
export async function openJournalFile(path: string): Promise<JournalFile> {
  let file = await openForAppending(path)
  let batch: Waiting[] | undefined
  let queue: Promise<void> = Promise.resolve()
  let failure: AppError | undefined

  /** Runs work alone and in its turn; what is appended after this call belongs to a batch after it. */
  const inTurn = (work: () => Promise<void>) => {
    batch = undefined
    const own = queue.then(work)
    queue = own.catch(() => {})
    return own
  }
  const assertUsable = () => {
    if (failure !== undefined) throw failure
  }
  const writeBatch = async (entries: readonly Waiting[]) => {
    try {
      assertUsable()
      await writeFully(file, Buffer.concat(entries.map((entry) => entry.bytes)))
      await file.datasync()
      for (const entry of entries) entry.resolve()
    } catch (error) {
      failure ??= new AppError('storage.writeFailed', { file: 'orders' }, { cause: error })
      for (const entry of entries) entry.reject(failure)
    }
  }

  return {
    async read() {
      return new Uint8Array(await readFile(path))
    },
    append(bytes) {
      return new Promise((resolve, reject) => {
        if (batch === undefined) {
          const own: Waiting[] = []
          queue = queue.then(() => {
            if (batch === own) batch = undefined
            return writeBatch(own)
          })
          batch = own
        }
        batch.push({ bytes, resolve, reject })
      })
    },
    truncate(length) {
      return inTurn(async () => {
        assertUsable()
        await file.truncate(length)
        await file.datasync()
      })
    },
    replace(bytes) {
      return inTurn(async () => {
        assertUsable()
        await file.close()
        await writeFileAtomically(path, bytes)
        file = await openForAppending(path)
      })
    },
    close() {
      return inTurn(() => {
        // Whoever still works with it must not open it again.
        failure ??= new AppError('storage.writeFailed', { file: 'orders', reason: 'closed' })
        return file.close()
      })
    },
  }
}

async function openForAppending(path: string): Promise<FileHandle> {
  const { O_APPEND, O_CREAT, O_RDWR } = constants
  const file = await open(path, O_APPEND | O_CREAT | O_RDWR, 0o600)
  // A file that a power cut can take back is no journal.
  await syncFolder(dirname(path)).catch(async (thrown: unknown) => {
    await file.close()
    throw thrown
  })
  return file
}

async function writeFully(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written)
    written += bytesWritten
  }
}
