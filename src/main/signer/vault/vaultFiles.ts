import { mkdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { vaultFileName } from '../../../shared/contract/signer.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { readFileIfExists } from '../../adapters/files/readFileIfExists.ts'
import { removeLeftovers } from '../../adapters/files/removeLeftovers.ts'
import { syncFolder } from '../../adapters/files/syncFolder.ts'
import { backupPathOf, writeFileAtomically } from '../../adapters/files/writeFileAtomically.ts'
import { isEqualBytes } from '../memory/bytes.ts'
import { parseVaultFile, type VaultFile } from './vaultFile.ts'

/** One of the two copies of the vault, as it is on the disk now. */
export type VaultCopy =
  | { readonly kind: 'missing' }
  | { readonly kind: 'readable'; readonly file: VaultFile; readonly bytes: Uint8Array }
  | { readonly kind: 'unreadable'; readonly error: AppError }

export interface VaultCopies {
  readonly main: VaultCopy
  readonly backup: VaultCopy
}

export interface VaultFiles {
  readonly path: string
  read(): Promise<VaultCopies>
  /** @throws AppError `vault.exists` where any file is there already, `vault.writeFailed` */
  create(bytes: Uint8Array): Promise<void>
  /**
   * Replaces the vault and keeps the previous one as the backup copy.
   *
   * @throws AppError `vault.writeFailed`, also when the file is no longer the expected one: another program wrote it.
   */
  replace(expected: Uint8Array, bytes: Uint8Array): Promise<void>
  /** The same, and the backup copy too, so that nothing remains that an old password opens. */
  replaceBoth(expected: Uint8Array, bytes: Uint8Array): Promise<void>
  /**
   * Puts the backup copy in the place of a vault that cannot be read; that one is moved aside, never deleted.
   *
   * @throws AppError `vault.writeFailed`
   */
  restoreBackup(backup: Uint8Array, atMs: number): Promise<void>
}

/** A thousand wallets of a thousand accounts stay below a tenth of it. */
const maximumVaultBytes = 64 * 1024 * 1024

export function createVaultFiles(folder: string): VaultFiles {
  const path = join(folder, vaultFileName)
  let isTidy = false

  async function prepare(): Promise<void> {
    if (isTidy) return
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await removeLeftovers(path)
    isTidy = true
  }

  async function write(task: () => Promise<void>): Promise<void> {
    try {
      await prepare()
      await task()
    } catch (error) {
      throw toWriteError(error)
    }
  }

  async function assertUnchanged(expected: Uint8Array): Promise<void> {
    const current = await readFileIfExists(path, maximumVaultBytes)
    if (!current || !isEqualBytes(current, expected)) {
      throw new AppError('vault.writeFailed', { reason: 'changedElsewhere' })
    }
  }

  return {
    path,

    async read() {
      const [main, backup] = await Promise.all([readCopy(path), readCopy(backupPathOf(path))])
      return { main, backup }
    },

    create: (bytes) =>
      write(async () => {
        try {
          await writeFileAtomically(path, bytes, { mustNotExist: true })
        } catch (error) {
          throw hasCode(error, 'EEXIST') ? new AppError('vault.exists') : error
        }
      }),

    replace: (expected, bytes) =>
      write(async () => {
        await assertUnchanged(expected)
        await writeFileAtomically(path, bytes, { keepPrevious: true })
      }),

    replaceBoth: (expected, bytes) =>
      write(async () => {
        await assertUnchanged(expected)
        await writeFileAtomically(path, bytes, { keepPrevious: true })
        await writeFileAtomically(backupPathOf(path), bytes)
      }),

    restoreBackup: (backup, atMs) =>
      write(async () => {
        await rename(path, `${path}.damaged-${atMs}`).catch((error: unknown) => {
          if (!hasCode(error, 'ENOENT')) throw error
        })
        await syncFolder(dirname(path))
        await writeFileAtomically(path, backup, { mustNotExist: true })
      }),
  }
}

async function readCopy(path: string): Promise<VaultCopy> {
  let bytes: Uint8Array | undefined
  try {
    bytes = await readFileIfExists(path, maximumVaultBytes)
  } catch (error) {
    // Not "missing": a file that may not be read must never be replaced by a new vault.
    return {
      kind: 'unreadable',
      error: new AppError('vault.damaged', { reason: 'unreadable' }, { cause: error }),
    }
  }
  if (!bytes) return { kind: 'missing' }
  try {
    return { kind: 'readable', file: parseVaultFile(bytes), bytes }
  } catch (error) {
    if (error instanceof AppError) return { kind: 'unreadable', error }
    throw error
  }
}

function toWriteError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return new AppError('vault.writeFailed', { reason }, { cause: error, retryable: true })
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
