import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findChromium } from './findChromium.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-chromium-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function addProgram(name: string, mode: number): string {
  const path = join(folder, name)
  writeFileSync(path, '')
  chmodSync(path, mode)
  return path
}

test('prefers CHROMIUM_PATH', () => {
  const path = addProgram('my-chromium', 0o755)
  addProgram('chromium', 0o755)
  expect(findChromium({ CHROMIUM_PATH: path, PATH: folder }, { hasDisplay: true })).toBe(path)
})

test('refuses a CHROMIUM_PATH that is no program, rather than take another', () => {
  addProgram('chromium', 0o755)
  expect(() => findChromium({ CHROMIUM_PATH: '/nowhere', PATH: folder }, { hasDisplay: true })).toThrow(
    '/nowhere',
  )
})

test('finds the usual names, Chromium before Chrome', () => {
  addProgram('google-chrome', 0o755)
  const chromium = addProgram('chromium', 0o755)
  expect(findChromium({ PATH: `/nowhere:${folder}` }, { hasDisplay: false })).toBe(chromium)
})

test('takes the one without windows where there is no display to show any', () => {
  const chromium = addProgram('chromium', 0o755)
  const shell = addProgram('chromium-headless-shell', 0o755)
  expect(findChromium({ PATH: folder }, { hasDisplay: false })).toBe(shell)
  expect(findChromium({ PATH: folder }, { hasDisplay: true })).toBe(chromium)
})

test('says what to install when there is none', () => {
  expect(() => findChromium({ PATH: folder }, { hasDisplay: true })).toThrow('apt-get install chromium')
})
