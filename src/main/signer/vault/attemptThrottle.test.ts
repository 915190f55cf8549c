import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAttemptThrottle, throttleDelayMs } from './attemptThrottle.ts'

let folder: string
let path: string
let nowMs: number

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-throttle-'))
  path = join(folder, 'attempts.json')
  nowMs = 1_700_000_000_000
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const start = () => createAttemptThrottle(path, () => nowMs)

async function fail(times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    const throttle = start()
    nowMs = (await throttle.throttledUntilMs()) ?? nowMs
    await throttle.begin()
  }
}

describe('attempt throttle', () => {
  it('lets five attempts pass, then delays each further one longer, up to five minutes', () => {
    expect([0, 1, 4, 5, 6, 7, 8, 9, 10, 1000].map(throttleDelayMs)).toEqual([
      0, 0, 0, 15_000, 30_000, 60_000, 120_000, 240_000, 300_000, 300_000,
    ])
  })

  it('survives a restart, and attempts whose process ended before the answer', async () => {
    await fail(5)
    const restarted = start()
    expect(await restarted.throttledUntilMs()).toBe(nowMs + 15_000)
    await expect(restarted.begin()).rejects.toMatchObject({
      code: 'vault.throttled',
      params: { untilMs: nowMs + 15_000 },
    })
    nowMs += 14_999
    await expect(start().begin()).rejects.toMatchObject({ code: 'vault.throttled' })
    nowMs += 1
    await start().begin()
    expect(await start().throttledUntilMs()).toBe(nowMs + 30_000)
  })

  it('forgives everything after the right password', async () => {
    await fail(6)
    nowMs += 30_000
    const throttle = start()
    await throttle.begin()
    await throttle.succeed()
    expect(await throttle.throttledUntilMs()).toBeUndefined()
    await fail(4)
    expect(await start().throttledUntilMs()).toBeUndefined()
  })

  it('delays no longer than its delay when the clock is set back', async () => {
    await fail(5)
    nowMs -= 365 * 24 * 3_600_000
    const throttle = start()
    expect(await throttle.throttledUntilMs()).toBe(nowMs + 15_000)
    nowMs += 15_000
    expect(await throttle.throttledUntilMs()).toBeUndefined()
    await throttle.begin()
  })

  it('keeps nobody out because of a damaged or unwritable file', async () => {
    for (const content of ['', '{', '{"version":2}', 'x'.repeat(10_000)]) {
      await writeFile(path, content)
      await start().begin()
      expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ failures: 1 })
    }
    await rm(path)
    await mkdir(path)
    await writeFile(join(path, 'in-the-way'), '')
    const throttle = start()
    for (let count = 0; count < 5; count++) await throttle.begin()
    // It still counts as long as the process lives.
    await expect(throttle.begin()).rejects.toMatchObject({ code: 'vault.throttled' })
  })
})
