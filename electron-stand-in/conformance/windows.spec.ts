import { expect } from '@playwright/test'
import { openSecondWindow, readEvents, test, waitForEvent } from './launchFixture.ts'

test('windows with different preloads live side by side, and each hears only its own events', async ({
  app,
  page,
}) => {
  const other = await openSecondWindow(app)
  expect(await other.evaluate(() => [typeof globalThis.bridge, typeof globalThis.second])).toEqual([
    'undefined',
    'object',
  ])
  expect(await page.evaluate(() => [typeof globalThis.bridge, typeof globalThis.second])).toEqual([
    'object',
    'undefined',
  ])
  const [mine, theirs] = [
    await page.evaluate(() => bridge.sender()),
    await other.evaluate(() => second.sender()),
  ]
  expect(theirs.url).toBe('app://fixture/second.html')
  expect(theirs.windowId).not.toBe(mine.windowId)
  expect(theirs.contentsId).not.toBe(mine.contentsId)
  // The subscription is there before anything is sent; what it hears is waited for after.
  const heard = await page.evaluateHandle(() => {
    const event = new Promise((resolve) => bridge.subscribe('only', resolve))
    return { event }
  })
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('only', window.id)
  })
  expect(await heard.evaluate(({ event }) => event)).toBe(mine.windowId)
})

test('a hidden window becomes ready, is shown, focused and has the size asked for', async ({
  app,
  page: _page,
}) => {
  const other = await openSecondWindow(app, { width: 500, height: 400 })
  await waitForEvent(app, 'show')
  const events = await readEvents(app)
  expect(events[0]).toEqual({ name: 'opened', isVisible: false })
  const names = events.map(({ name }) => name)
  expect(names.indexOf('ready-to-show')).toBeLessThan(names.indexOf('show'))
  const state = await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().endsWith('second.html'),
    )
    return { visible: window?.isVisible(), destroyed: window?.isDestroyed(), size: window?.getSize() }
  })
  expect(state).toEqual({ visible: true, destroyed: false, size: [500, 400] })
  expect(await other.evaluate(() => innerWidth)).toBe(500)
})

test('hide and show are told', async ({ app, page: _page }) => {
  const seen = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const seen: unknown[] = []
    window?.on('hide', () => seen.push('hide'))
    window?.on('show', () => seen.push('show'))
    window?.hide()
    seen.push(window?.isVisible())
    window?.show()
    seen.push(window?.isVisible())
    return seen
  })
  expect(seen).toEqual(['hide', false, 'show', true])
})

test('an app can refuse to close a window, and destroys one without asking', async ({ app, page }) => {
  const refused = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.once('close', (event) => event.preventDefault())
    window?.close()
    return window?.isDestroyed()
  })
  expect(refused).toBe(false)
  expect(await page.evaluate(() => bridge.echo('still here'))).toBe('still here')
  const other = await openSecondWindow(app)
  const closed = other.waitForEvent('close')
  const destroyed = await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().endsWith('second.html'),
    )
    globalThis.fixture.events.length = 0
    window?.destroy()
    return window?.isDestroyed()
  })
  expect(destroyed).toBe(true)
  await closed
  await waitForEvent(app, 'closed')
  expect((await readEvents(app)).map(({ name }) => name)).not.toContain('close')
})

test('a window closed by the app or by its page is gone everywhere', async ({ app, page: _page }) => {
  const other = await openSecondWindow(app)
  const closed = other.waitForEvent('close')
  const { wasDestroyed, found } = await app.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().endsWith('second.html'),
    )
    if (window === undefined) throw new Error('no second window')
    const { id, webContents } = window
    const closed = new Promise<void>((resolve) => window.once('closed', () => resolve()))
    window.close()
    await closed
    return {
      wasDestroyed: [window.isDestroyed(), webContents.isDestroyed()],
      found: BrowserWindow.fromId(id),
    }
  })
  await closed
  expect(wasDestroyed).toEqual([true, true])
  expect(found).toBeNull()
  expect(app.windows().length).toBe(1)
})

test('a page may ask to stay', async ({ app, page }) => {
  // Only a page that somebody has touched may object.
  await page.getByRole('heading', { name: 'Fixture' }).click()
  // Where a dialog asks (Electron shows none), Playwright would otherwise agree to leave.
  page.on('dialog', (dialog) => dialog.dismiss().catch(() => {}))
  await page.evaluate(() => {
    window.onbeforeunload = () => false
  })
  const prevented = app.evaluate(
    ({ BrowserWindow }) =>
      new Promise((resolve) => {
        const [window] = BrowserWindow.getAllWindows()
        window?.webContents.once('will-prevent-unload', () => resolve(true))
        window?.close()
      }),
  )
  expect(await prevented).toBe(true)
  expect(await page.evaluate(() => bridge.echo('still here'))).toBe('still here')
  await page.evaluate(() => {
    window.onbeforeunload = null
  })
})

test('a child goes with its parent', async ({ app, page: _page }) => {
  const left = await app.evaluate(async ({ BrowserWindow }) => {
    const { openWindow } = globalThis.fixture
    const parent = openWindow('second.html', 'second.cjs')
    await parent.loaded
    const child = openWindow('second.html', 'second.cjs', { parent: parent.window, modal: true })
    await child.loaded
    const family = [
      child.window.getParentWindow() === parent.window,
      parent.window.getChildWindows().length,
      child.window.isModal(),
    ]
    const closed = Promise.all([
      new Promise<void>((resolve) => parent.window.once('closed', () => resolve())),
      new Promise<void>((resolve) => child.window.once('closed', () => resolve())),
    ])
    parent.window.destroy()
    await closed
    return { family, windows: BrowserWindow.getAllWindows().length }
  })
  expect(left).toEqual({ family: [true, 1, true], windows: 1 })
})

test('the theme source decides what pages prefer', async ({ app, page }) => {
  const color = () =>
    page.getByRole('heading', { name: 'Fixture' }).evaluate((heading) => getComputedStyle(heading).color)
  const choose = (source: 'light' | 'dark') =>
    app.evaluate(({ nativeTheme }, chosen) => {
      nativeTheme.themeSource = chosen
      return nativeTheme.shouldUseDarkColors
    }, source)
  expect(await choose('dark')).toBe(true)
  await expect.poll(color).toBe('rgb(4, 5, 6)')
  expect(await choose('light')).toBe(false)
  await expect.poll(color).toBe('rgb(1, 2, 3)')
})

test('a load that fails rejects, and says so', async ({ app, page: _page }) => {
  const outcome = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const failed = new Promise((resolve) =>
      window?.webContents.once('did-fail-load', (_event, code) => resolve(code)),
    )
    const error = await window?.loadURL('http://127.0.0.1:1/').catch((reason: Error) => reason.message)
    return [error, await failed]
  })
  expect(outcome[0]).toMatch(/^ERR_\w+ \(-\d+\) loading 'http:\/\/127\.0\.0\.1:1\/'$/)
  expect(outcome[1]).toBeLessThan(0)
})

test('a page is printed to PDF', async ({ app, page: _page }) => {
  const pdf = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const bytes = await window?.webContents.printToPDF({ pageSize: 'A4', printBackground: true })
    return bytes?.toString('latin1') ?? ''
  })
  expect(pdf.startsWith('%PDF-')).toBe(true)
  // A4 in points.
  expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/)
})
