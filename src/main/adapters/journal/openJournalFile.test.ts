import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHistory } from '../../../../bench/orderbook/createHistory.ts'
import { createRandom } from '../../../../bench/orderbook/createWorkload.ts'
import {
  defaultPriceWindowRules,
  type EngineEvent,
  OrderEngine,
  openDurableEngine,
} from '../../capabilities/orderbook/index.ts'
import { openJournalFile } from './openJournalFile.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-journal-'))
  path = join(folder, 'orders.journal')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const historyOf = (seed: number, length: number) => {
  const random = createRandom(seed)
  return createHistory((below) => Math.floor(random() * below), { length, bookOnly: false })
}

describe('openJournalFile', () => {
  it('keeps the order of appends that are asked for at once, for its owner alone', async () => {
    const file = await openJournalFile(path)
    const parts = Array.from({ length: 300 }, (_, index) => Uint8Array.from([index & 255, index >> 8]))
    await Promise.all(parts.map((part) => file.append(part)))
    expect(await file.read()).toEqual(new Uint8Array(Buffer.concat(parts)))
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600)
    await file.close()
  })

  it('puts appends after a replacement behind it, and appends before it out of it', async () => {
    const file = await openJournalFile(path)
    await Promise.all([
      file.append(Uint8Array.from([1])),
      file.replace(Uint8Array.from([9])),
      file.append(Uint8Array.from([2])),
      file.append(Uint8Array.from([3])),
    ])
    expect([...(await readFile(path))]).toEqual([9, 2, 3])
    await file.close()
  })

  it('takes nothing more after a failure', async () => {
    const file = await openJournalFile(path)
    await file.close()
    for (const byte of [1, 2]) {
      await expect(file.append(Uint8Array.from([byte]))).rejects.toMatchObject({
        code: 'storage.writeFailed',
      })
    }
    expect(await readFile(path)).toHaveLength(0)
  })
})

describe('a journal that was closed', () => {
  /** Open files of this process at the path, as the kernel knows them. */
  const countOpen = () =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(path)
      } catch {
        return false
      }
    }).length

  it.runIf(process.platform === 'linux')('stays closed, whatever was still to be done with it', async () => {
    const file = await openJournalFile(path)
    expect(countOpen()).toBe(1)
    const closed = file.close()
    await expect(file.replace(Uint8Array.from([1]))).rejects.toMatchObject({ code: 'storage.writeFailed' })
    await expect(file.truncate(0)).rejects.toMatchObject({ code: 'storage.writeFailed' })
    await closed
    await file.close()
    expect(countOpen()).toBe(0)
    expect(await readFile(path)).toHaveLength(0)
  })

  it.runIf(process.platform === 'linux')(
    'while it is opened for the first time leaves nothing open',
    async () => {
      const file = await openJournalFile(path)
      const opening = openDurableEngine(file, defaultPriceWindowRules)
      await file.close()
      await expect(opening).rejects.toMatchObject({ code: 'storage.writeFailed' })
      expect(countOpen()).toBe(0)
    },
  )
})

describe('openDurableEngine', () => {
  it('continues with numbers, state and unacknowledged events where it was closed', async () => {
    const commands = historyOf(3, 200)
    const straight = new OrderEngine()
    const expected: EngineEvent[] = commands.flatMap((command) => [...straight.execute(command)])
    const got: EngineEvent[] = []
    for (let at = 0; at < commands.length; at += 40) {
      const file = await openJournalFile(path)
      const durable = await openDurableEngine(file, defaultPriceWindowRules)
      expect(durable.unacknowledged).toEqual({ firstNumber: got.length, events: [] })
      for (const command of commands.slice(at, at + 40)) {
        const { firstNumber, events } = await durable.execute(command)
        expect(firstNumber).toBe(got.length)
        got.push(...events)
      }
      await durable.acknowledge(got.length)
      if (at === 80) await durable.compact()
      await file.close()
    }
    expect(got).toEqual(expected)
  })

  it('drops a torn end and appends after it', async () => {
    const file = await openJournalFile(path)
    const engine = await openDurableEngine(file, defaultPriceWindowRules)
    await engine.execute({ kind: 'cancel', id: 'a' })
    await file.close()
    await appendFile(path, Uint8Array.from([40, 0, 0, 0, 1, 2, 3]))
    for (const count of [1, 2]) {
      const again = await openJournalFile(path)
      const durable = await openDurableEngine(again, defaultPriceWindowRules)
      expect(durable.unacknowledged.events).toHaveLength(count)
      await durable.execute({ kind: 'cancel', id: 'b' })
      await again.close()
    }
  })

  it('takes no command after a failed write', async () => {
    const file = await openJournalFile(path)
    const engine = await openDurableEngine(file, defaultPriceWindowRules)
    await file.close()
    for (const id of ['a', 'b']) {
      await expect(engine.execute({ kind: 'cancel', id })).rejects.toMatchObject({
        code: 'storage.writeFailed',
      })
    }
  })

  it('loses nothing that it had confirmed when it is killed', async () => {
    for (const [seed, lines] of [
      [21, 2],
      [22, 30],
      [23, 90],
    ] as const) {
      const target = join(folder, `killed-${seed}.journal`)
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, '../../../../bench/orderbook/writeUntilKilled.ts'), target, String(seed)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      let confirmed = 0
      let seen = 0
      for await (const line of createInterface({ input: child.stdout })) {
        confirmed = Number(line)
        seen += 1
        if (seen === lines) child.kill('SIGKILL')
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(child.signalCode).toBe('SIGKILL')
      const file = await openJournalFile(target)
      const { engine, unacknowledged } = await openDurableEngine(file, defaultPriceWindowRules)
      await file.close()
      const straight = new OrderEngine()
      const events: EngineEvent[] = []
      const commands = historyOf(seed, 100_000)
      let done = 0
      while (done < confirmed || events.length < unacknowledged.events.length) {
        const command = commands[done]
        if (command === undefined) break
        events.push(...straight.execute(command))
        done += 1
      }
      expect(unacknowledged.events).toEqual(events)
      expect([...engine.orders()]).toEqual([...straight.orders()])
    }
  }, 60_000)
})
