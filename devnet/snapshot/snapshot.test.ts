import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSnapshot, MANIFEST_FILE, STATE_FILE } from './buildSnapshot.ts'
import { cachedSnapshot } from './cachedSnapshot.ts'
import { hashInputs } from './hashInputs.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minato-snapshot-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a snapshot', () => {
  it('comes out the same from two cold builds: addresses, manifest, and every account', async () => {
    // One of the two is what all other tests run on.
    const { stateFile } = await cachedSnapshot()
    const [one, two] = [dirname(stateFile), join(folder, 'two')]
    mkdirSync(two)
    await buildSnapshot(two)
    const text = (path: string, file: string) => readFileSync(join(path, file), 'utf8')
    expect(text(two, MANIFEST_FILE)).toBe(text(one, MANIFEST_FILE))
    const state = (path: string) => JSON.parse(text(path, STATE_FILE)) as { accounts: object; block: object }
    const [first, second] = [state(one), state(two)]
    expect(second.accounts).toEqual(first.accounts)
    expect(second.block).toEqual(first.block)
    expect(Object.keys(first.accounts).length).toBeGreaterThan(100)
  })

  it('is never what a killed build left; of two builders the first makes it, and it is read from then on', async () => {
    const cache = join(folder, 'killed')
    const module = join(import.meta.dirname, 'cachedSnapshot.ts')
    const script = `import { cachedSnapshot } from ${JSON.stringify(module)}
      await cachedSnapshot(${JSON.stringify(cache)})`
    const builder = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
      stdio: 'ignore',
    })
    const entries = () => (existsSync(cache) ? readdirSync(cache) : [])
    await expect.poll(entries, { timeout: 20_000, interval: 5 }).toHaveLength(1)
    builder.kill('SIGKILL')
    await once(builder, 'exit')
    const [left] = entries()
    expect(left).toMatch(/^building-/)
    const both = await Promise.all([cachedSnapshot(cache), cachedSnapshot(cache)])
    expect(both.map(({ cached }) => cached)).toEqual([false, false])
    expect(new Set(entries())).toEqual(new Set([left, hashInputs()]))
    const again = await cachedSnapshot(cache)
    expect(again).toMatchObject({ cached: true, manifest: both[0].manifest })
    expect(existsSync(again.stateFile)).toBe(true)
  })
})
