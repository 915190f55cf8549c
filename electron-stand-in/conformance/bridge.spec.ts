import { expect } from '@playwright/test'
import { test } from './launchFixture.ts'

test('calls cross synchronously, both ways', async ({ page }) => {
  expect(await page.evaluate(() => bridge.add(2, 3))).toBe(5)
  expect(await page.evaluate(() => bridge.callBack((value) => value + 1n, 41n) === 42n)).toBe(true)
  expect(await page.evaluate(() => bridge.nested)).toEqual({ platform: process.platform, sandboxed: true })
})

test('what is exposed is frozen, read-only and cannot be exposed twice', async ({ page }) => {
  const found = await page.evaluate(() => {
    const attempt = (change: () => void): string => {
      try {
        change()
        return 'done'
      } catch (error) {
        return String(error)
      }
    }
    return {
      frozen: [bridge, bridge.nested, bridge.add].map(Object.isFrozen),
      replaced: attempt(() => Object.defineProperty(window, 'bridge', { value: 1 })),
      changed: Reflect.set(bridge.nested, 'platform', 'other'),
      removed: Reflect.deleteProperty(window, 'bridge'),
      again: attempt(() => bridge.exposeAgain()),
      kind: bridge.kind,
    }
  })
  expect(found.frozen).toEqual([true, true, true])
  expect(found.replaced).toMatch(/TypeError/)
  expect(found.changed).toBe(false)
  expect(found.removed).toBe(false)
  expect(found.again).toContain('Cannot bind an API on top of an existing property on the window object')
  expect(found.kind).toBe('main')
})

test('errors arrive as errors of the page, with their message', async ({ page }) => {
  const describe = await page.evaluate(async () => {
    const caught: unknown[] = []
    try {
      bridge.refuse()
    } catch (error) {
      caught.push(error)
    }
    await bridge.reject().catch((error: unknown) => caught.push(error))
    return caught.map((error) => [error instanceof Error, (error as Error).message.includes('refused')])
  })
  expect(describe).toEqual([
    [true, true],
    [true, true],
  ])
})

test('values of every kind survive the bridge', async ({ page }) => {
  const found = await page.evaluate(async () => {
    const cycle: { self?: object } = {}
    cycle.self = cycle
    const value = {
      big: 2n ** 200n,
      bytes: new Uint8Array([1, 2, 255]),
      date: new Date(5),
      map: new Map([['key', 1n]]),
      set: new Set([1n]),
      error: new TypeError('kind'),
      cycle,
      nothing: undefined,
      notANumber: Number.NaN,
      list: [{ deep: [3n] }],
    }
    const same = bridge.identity(value)
    const later = await bridge.later(value)
    return [same, later].map((copy) => ({
      big: copy.big === 2n ** 200n,
      bytes: copy.bytes instanceof Uint8Array && [...copy.bytes].join() === '1,2,255',
      date: copy.date instanceof Date && copy.date.getTime() === 5,
      map: copy.map instanceof Map && copy.map.get('key') === 1n,
      set: copy.set instanceof Set && copy.set.has(1n),
      error: copy.error instanceof Error && copy.error.message === 'kind',
      cycle: copy.cycle.self === copy.cycle && copy.cycle !== cycle,
      nothing: 'nothing' in copy && copy.nothing === undefined,
      notANumber: Number.isNaN(copy.notANumber),
      list: copy.list[0]?.deep[0] === 3n,
      seen: bridge.describe(value) === 'bigint true true true',
    }))
  })
  for (const copy of found) expect(Object.entries(copy).filter(([, survived]) => !survived)).toEqual([])
})

test('values of every kind survive the way to the main process and back', async ({ page }) => {
  const found = await page.evaluate(async () => {
    const cycle: { self?: object } = {}
    cycle.self = cycle
    const value = {
      big: -(2n ** 200n),
      bytes: new Uint8Array([0, 128, 255]),
      date: new Date(5),
      map: new Map<string, unknown>([['key', { deep: 1n }]]),
      set: new Set([1n]),
      error: new TypeError('kind'),
      cycle,
      nothing: undefined,
      minusZero: -0,
      floats: new Float64Array([1.5]),
      part: new Uint8Array([9, 8, 7, 6]).subarray(1, 3),
    }
    const inMain = await bridge.describeInMain(value)
    const copy = await bridge.echo({ ...value, error: undefined })
    return {
      inMain,
      big: copy.big === -(2n ** 200n),
      bytes: copy.bytes instanceof Uint8Array && [...copy.bytes].join() === '0,128,255',
      date: copy.date instanceof Date && copy.date.getTime() === 5,
      map: copy.map instanceof Map && (copy.map.get('key') as { deep: bigint }).deep === 1n,
      set: copy.set instanceof Set && copy.set.has(1n),
      cycle: copy.cycle.self === copy.cycle,
      nothing: 'nothing' in copy && copy.nothing === undefined,
      minusZero: Object.is(copy.minusZero, -0),
      floats: copy.floats instanceof Float64Array && copy.floats[0] === 1.5,
      part: [...copy.part].join() === '8,7',
    }
  })
  const { inMain, ...back } = found
  expect(inMain).toEqual({
    big: 'bigint',
    bytes: 'Uint8Array',
    date: true,
    map: true,
    set: true,
    error: false,
    cycle: true,
  })
  expect(Object.entries(back).filter(([, survived]) => !survived)).toEqual([])
})

test('functions are refused over IPC, and failures carry only a message', async ({ page }) => {
  const messages = await page.evaluate(() =>
    Promise.all(
      [bridge.sendFunction(), bridge.fail(), bridge.unknown()].map((call) =>
        call.catch((error: Error) => error.message),
      ),
    ),
  )
  expect(messages[0]).toMatch(/could not be cloned/)
  expect(messages[1]).toBe("Error invoking remote method 'fail': TypeError: refused")
  expect(messages[2]).toContain("No handler registered for 'nobody handles this'")
})

test('events reach subscribers in order until they leave', async ({ app, page }) => {
  await page.evaluate(() => {
    const seen: unknown[] = []
    const leave = bridge.subscribe('tick', (value) => seen.push(value))
    Object.assign(window, { seen, leave })
  })
  const send = (from: number, to: number) =>
    app.evaluate(
      ({ BrowserWindow }, [first, last]) => {
        for (let value = first; value <= last; value++) {
          BrowserWindow.getAllWindows()[0]?.webContents.send('tick', {
            value: BigInt(value),
            bytes: new Uint8Array([value]),
          })
        }
      },
      [from, to] as const,
    )
  type Seen = { seen: { value: bigint; bytes: Uint8Array }[]; leave: () => void }
  await send(1, 50)
  await page.waitForFunction(() => (window as unknown as Seen).seen.length === 50)
  const ordered = await page.evaluate(() =>
    (window as unknown as Seen).seen.every(
      ({ value, bytes }, index) => value === BigInt(index + 1) && bytes[0] === index + 1,
    ),
  )
  expect(ordered).toBe(true)
  await page.evaluate(() => (window as unknown as Seen).leave())
  await send(51, 60)
  // The answer comes after the events sent before it.
  await page.evaluate(() => bridge.echo(1))
  expect(await page.evaluate(() => (window as unknown as Seen).seen.length)).toBe(50)
})

test('a page can notify, and be replied to', async ({ page }) => {
  const reply = await page.evaluate(
    () =>
      new Promise((resolve) => {
        bridge.subscribe('reply', resolve)
        bridge.notice('hello')
      }),
  )
  expect(reply).toBe('hello')
})

test('every document gets its own bridge', async ({ page }) => {
  await page.evaluate(() => Object.assign(window, { marker: 1 }))
  await page.reload()
  await page.getByRole('heading', { name: 'Fixture' }).waitFor()
  expect(await page.evaluate(() => 'marker' in window)).toBe(false)
  expect(await page.evaluate(() => bridge.echo('again'))).toBe('again')
})

test('the page sees nothing of Node, Electron or the transport', async ({ page }) => {
  const found = await page.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const plain = new Set(Object.getOwnPropertyNames(frame.contentWindow))
    const extra = Object.getOwnPropertyNames(window).filter((name) => !plain.has(name) && !/^\d+$/.test(name))
    frame.remove()
    let escaped = 'blocked'
    try {
      escaped = String(
        (bridge.echo as unknown as { constructor: (code: string) => () => unknown }).constructor(
          'return typeof process',
        )(),
      )
    } catch {
      // The content security policy refuses eval.
    }
    const names = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'global']
    return { extra, escaped, present: names.filter((name) => name in window) }
  })
  expect(found.extra.filter((name) => !name.startsWith('__'))).toEqual(['bridge'])
  expect(found.escaped).not.toBe('object')
  expect(found.present).toEqual([])
})

test('the bridge works on while a page tampers with what it uses', async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const broken = () => {
      throw new Error('tampered')
    }
    const places: [object, string][] = [
      [EventTarget.prototype, 'dispatchEvent'],
      [EventTarget.prototype, 'addEventListener'],
      [Map.prototype, 'get'],
      [Map.prototype, 'set'],
      [WeakMap.prototype, 'get'],
      [Reflect, 'apply'],
      [Object, 'keys'],
      [Object, 'defineProperty'],
      [Array, 'isArray'],
      [Array.prototype, Symbol.iterator as unknown as string],
      [window, 'CustomEvent'],
    ]
    const originals = places.map(([target, name]) => Reflect.get(target, name) as unknown)
    const { set } = Reflect
    for (let index = 0; index < places.length; index++) {
      const place = places[index]
      if (place !== undefined) set(place[0], place[1], broken)
    }
    let answer: unknown
    try {
      answer = await bridge.echo({ list: [1, { deep: 2 }] })
    } catch (error) {
      answer = String(error)
    }
    for (let index = 0; index < places.length; index++) {
      const place = places[index]
      if (place !== undefined) set(place[0], place[1], originals[index])
    }
    return answer
  })
  expect(outcome).toEqual({ list: [1, { deep: 2 }] })
})
