import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findElectron } from './findElectron.ts'

let electronPackage: string
beforeEach(() => {
  electronPackage = mkdtempSync(join(tmpdir(), 'find-electron-'))
})
afterEach(() => rmSync(electronPackage, { recursive: true }))

test('takes the stand-in where Electron has no binary', async () => {
  const folder = import.meta.dirname
  expect(await findElectron({}, electronPackage)).toEqual({
    kind: 'stand-in',
    executablePath: join(folder, 'electron'),
    env: { ELECTRON_OVERRIDE_DIST_PATH: folder },
  })
})

test('takes Electron where its binary is installed', async () => {
  mkdirSync(join(electronPackage, 'dist'))
  writeFileSync(join(electronPackage, 'path.txt'), 'electron')
  const executablePath = join(electronPackage, 'dist', 'electron')
  writeFileSync(executablePath, '')
  expect(await findElectron({}, electronPackage)).toEqual({ kind: 'electron', executablePath, env: {} })
})

test('does not trust a path file whose binary is missing', async () => {
  writeFileSync(join(electronPackage, 'path.txt'), 'electron')
  expect((await findElectron({}, electronPackage)).kind).toBe('stand-in')
})

test('lets the environment choose, and refuses a choice that is no program', async () => {
  const override = { ELECTRON_OVERRIDE_DIST_PATH: import.meta.dirname }
  expect((await findElectron(override, electronPackage)).kind).toBe('stand-in')
  await expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }, electronPackage)).rejects.toThrow(
    '/nowhere',
  )
})
