import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrations } from './migrations.ts'
import { openDatabase } from './openDatabase.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minato-db-'))
  path = join(folder, 'data', 'minato.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = () => openDatabase(path, () => 42)

function failureOf(action: () => unknown): { code?: string; params?: Record<string, unknown> } {
  try {
    action()
  } catch (thrown) {
    return thrown as { code?: string; params?: Record<string, unknown> }
  }
  return {}
}

function fill(): void {
  const database = open()
  const insert = database.prepare('INSERT INTO recipients VALUES (?, ?)')
  for (let index = 0; index < 2000; index += 1) insert.run(`0x${index.toString(16).padStart(40, '0')}`, index)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

test('makes a fresh file at the newest version, readable by its owner alone', () => {
  const database = open()
  expect(database.prepare('PRAGMA user_version').get()?.user_version).toBe(migrations.length)
  expect(database.prepare('PRAGMA journal_mode').get()?.journal_mode).toBe('wal')
  database.close()
  expect(statSync(join(folder, 'data')).mode & 0o077).toBe(0)
  open().close()
})

test('two processes on one file wait for each other instead of failing', () => {
  const first = open()
  const second = open()
  first.exec("INSERT INTO settings VALUES (1, 'a')")
  second.exec("UPDATE settings SET body = 'b'")
  expect(first.prepare('SELECT body FROM settings').get()?.body).toBe('b')
  first.close()
  second.close()
})

test.each([
  ['overwritten with text', () => writeFileSync(path, 'not a database, '.repeat(2000))],
  [
    'damaged in the middle',
    () => {
      const bytes = readFileSync(path)
      bytes.fill(0xff, 4096, 40_960)
      writeFileSync(path, bytes)
    },
  ],
  ['cut short', () => truncateSync(path, 6000)],
])('a file %s is set aside untouched, and the next opening starts anew', (_name, damage) => {
  fill()
  damage()
  const damaged = readFileSync(path)
  const failure = failureOf(open)
  const keptAs = `${path}.damaged-42`
  expect(failure).toMatchObject({ code: 'storage.damaged', params: { keptAs } })
  expect(readFileSync(keptAs)).toEqual(damaged)
  expect(existsSync(path)).toBe(false)
  open().close()
  expect(readdirSync(join(folder, 'data'))).toContain('minato.db')
})

test('a file of a newer version is left where it is', () => {
  open().close()
  const raw = new DatabaseSync(path)
  raw.exec('PRAGMA user_version = 999')
  raw.close()
  expect(failureOf(open)).toMatchObject({ code: 'storage.damaged', params: { reason: 'newerVersion' } })
  expect(existsSync(path)).toBe(true)
})

test('a folder that cannot be made is told as such', () => {
  writeFileSync(join(folder, 'data'), 'a file where the folder should be')
  expect(failureOf(open)).toMatchObject({ code: 'storage.writeFailed' })
})
