import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileTooLargeError, readFileIfExists } from './readFileIfExists.ts'
import { removeLeftovers } from './removeLeftovers.ts'
import { backupPathOf, writeFileAtomically } from './writeFileAtomically.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-files-'))
  path = join(folder, 'state.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('writeFileAtomically', () => {
  it('writes for the owner alone and leaves nothing else behind', async () => {
    await writeFileAtomically(path, 'first')
    await writeFileAtomically(path, new Uint8Array([1, 2, 3]))
    expect([...(await readFile(path))]).toEqual([1, 2, 3])
    expect(await readdir(folder)).toEqual(['state.json'])
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('keeps exactly the previous copy when asked, none for the first', async () => {
    await writeFileAtomically(path, 'one', { keepPrevious: true })
    expect(await readdir(folder)).toEqual(['state.json'])
    for (const [before, after] of [
      ['one', 'two'],
      ['two', 'three'],
    ] as const) {
      await writeFileAtomically(path, after, { keepPrevious: true })
      expect(await readFile(path, 'utf8')).toBe(after)
      expect(await readFile(backupPathOf(path), 'utf8')).toBe(before)
    }
    expect((await readdir(folder)).sort()).toEqual(['state.json', 'state.json.bak'])
  })

  it('never replaces a file that must not exist', async () => {
    await writeFileAtomically(path, 'mine', { mustNotExist: true })
    await expect(writeFileAtomically(path, 'theirs', { mustNotExist: true })).rejects.toMatchObject({
      code: 'EEXIST',
    })
    expect(await readFile(path, 'utf8')).toBe('mine')
    expect(await readdir(folder)).toEqual(['state.json'])
  })

  it('lets one of many simultaneous first writers win', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, writer) =>
        writeFileAtomically(path, `writer ${writer}`, { mustNotExist: true }),
      ),
    )
    const winner = outcomes.findIndex((outcome) => outcome.status === 'fulfilled')
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(await readFile(path, 'utf8')).toBe(`writer ${winner}`)
  })

  it('leaves the file and the folder as they were when it fails', async () => {
    await writeFileAtomically(path, 'kept')
    // A folder in the place of the backup makes the step before the replacing fail, also for root.
    await mkdir(backupPathOf(path))
    await writeFile(join(backupPathOf(path), 'x'), '')
    await expect(writeFileAtomically(path, 'lost', { keepPrevious: true })).rejects.toThrow()
    expect(await readFile(path, 'utf8')).toBe('kept')
    expect((await readdir(folder)).sort()).toEqual(['state.json', 'state.json.bak'])
  })

  it('fails with the name of the reason where the folder is missing', async () => {
    await expect(writeFileAtomically(join(folder, 'absent', 'x'), '')).rejects.toMatchObject({
      code: 'ENOENT',
    })
  })
})

describe('removeLeftovers', () => {
  it('removes what dead writers left, and nothing else', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    const dead = [
      `.state.json.${child.pid}.0123456789ab.tmp`,
      `.state.json.bak.${child.pid}.0123456789ab.tmp`,
      `.state.json.${process.pid}.0123456789ab.tmp`,
    ]
    const kept = [
      `.state.json.${process.ppid}.0123456789ab.tmp`,
      `.other.json.${child.pid}.0123456789ab.tmp`,
      '.state.json.tmp',
      'state.json',
      'state.json.bak',
    ]
    for (const name of [...dead, ...kept]) await writeFile(join(folder, name), '')
    await removeLeftovers(path)
    expect((await readdir(folder)).sort()).toEqual([...kept].sort())
  })

  it('leaves alone what this very process is writing', async () => {
    // Without it, twenty writers at once may all find nothing to keep.
    await writeFileAtomically(path, 'first')
    const writes = Array.from({ length: 20 }, (_, index) => [
      writeFileAtomically(path, `content ${index}`, { keepPrevious: true }),
      removeLeftovers(path),
    ])
    await Promise.all(writes.flat())
    expect((await readdir(folder)).sort()).toEqual(['state.json', 'state.json.bak'])
  })

  it('is content with a folder that is not there yet', async () => {
    await removeLeftovers(join(folder, 'absent', 'state.json'))
  })
})

describe('readFileIfExists', () => {
  it('tells an absent file from an empty one', async () => {
    expect(await readFileIfExists(path, 10)).toBeUndefined()
    await writeFile(path, '')
    expect(await readFileIfExists(path, 10)).toEqual(new Uint8Array(0))
  })

  it('refuses more than it was told to take', async () => {
    await writeFile(path, 'x'.repeat(11))
    await expect(readFileIfExists(path, 10)).rejects.toThrow(FileTooLargeError)
  })

  it('does not hide other failures', async () => {
    await expect(readFileIfExists(folder, 10_000)).rejects.toMatchObject({ code: 'EISDIR' })
  })
})
