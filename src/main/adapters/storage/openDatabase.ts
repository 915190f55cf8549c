import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../../shared/errors/AppError.ts'
import { migrations } from './migrations.ts'

/**
 * Opens the database, checks it and brings it to the newest version; `:memory:` keeps it out of the file system.
 *
 * @throws AppError `storage.damaged` with `keptAs`: the damaged file was set aside under that name, untouched, and opening again starts an empty one;
 * or with `reason: 'newerVersion'`: a newer Minato wrote it, and it was left where it is. `storage.writeFailed` when the folder cannot be written.
 */
export function openDatabase(path: string, nowMs: () => number): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    database = new DatabaseSync(path, { timeout: 3000 })
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF',
    )
    const check = database.prepare('PRAGMA quick_check(1)').get()
    if (check?.quick_check !== 'ok') throw new DamagedFile()
    migrate(database)
    return database
  } catch (thrown) {
    database?.close()
    if (thrown instanceof AppError) throw thrown
    if (path !== ':memory:' && (thrown instanceof DamagedFile || isDamage(thrown))) {
      throw new AppError('storage.damaged', { keptAs: setAside(path, nowMs()) }, { cause: thrown })
    }
    throw new AppError('storage.writeFailed', {}, { cause: thrown })
  }
}

class DamagedFile extends Error {}

/** SQLITE_CORRUPT and SQLITE_NOTADB, with their extended codes (https://www.sqlite.org/rescode.html). */
function isDamage(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null || !('errcode' in thrown)) return false
  const primary = Number(thrown.errcode) & 0xff
  return primary === 11 || primary === 26
}

function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0)
  if (version > migrations.length) {
    throw new AppError('storage.damaged', { reason: 'newerVersion', version })
  }
  for (const [offset, sql] of migrations.slice(version).entries()) {
    // The version moves in the same transaction: a crash in between leaves the old version whole.
    database.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${version + offset + 1}; COMMIT`)
  }
}

function setAside(path: string, atMs: number): string {
  const keptAs = `${path}.damaged-${atMs}`
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, keptAs + suffix)
  }
  return keptAs
}
