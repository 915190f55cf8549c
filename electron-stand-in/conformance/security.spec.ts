import { expect } from '@playwright/test'
import { readEvents, test, waitForEvent } from './launchFixture.ts'

test('the main process knows the frame that calls', async ({ app, page }) => {
  const ids = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return { contentsId: window?.webContents.id, windowId: window?.id }
  })
  expect(await page.evaluate(() => bridge.sender())).toEqual({
    url: 'app://fixture/index.html',
    origin: 'app://fixture',
    isTop: true,
    isMainFrame: true,
    ...ids,
  })
  const moved = await page.evaluate(() => {
    history.pushState({}, '', '/elsewhere?a=b#c')
    return bridge.sender()
  })
  expect(moved.url).toBe('app://fixture/elsewhere?a=b#c')
  expect(moved.origin).toBe('app://fixture')
})

test('a foreign document is known for what it is, whatever it claims', async ({ app, page }) => {
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.loadURL(
      'data:text/html,<title>foreign</title><base href="app://fixture/">',
    ),
  )
  await page.waitForFunction(() => document.title === 'foreign')
  const sender = await page.evaluate(() => bridge.sender())
  expect(sender.url).toMatch(/^data:text\/html/)
  expect(sender.origin).toBe('null')
})

test('frames within a page get no bridge', async ({ page }) => {
  const seen = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const frame = document.createElement('iframe')
        frame.src = '/frame.html'
        frame.onload = () => resolve(frame.contentDocument?.title)
        document.body.append(frame)
      }),
  )
  expect(seen).toBe('undefined')
})

test('the content security policy is enforced', async ({ page }) => {
  const found = await page.evaluate(async () => {
    // Not at once: code that a debugger evaluates may itself call eval.
    const evaluated = await new Promise((resolve) =>
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: that it fails is the test.
          resolve(globalThis.eval('1'))
        } catch (error) {
          resolve((error as Error).name)
        }
      }),
    )
    const script = document.createElement('script')
    script.textContent = 'window.inlineRan = true'
    document.body.append(script)
    const fetched = await fetch('/index.html').then(
      () => 'fetched',
      (error: Error) => error.name,
    )
    return { evaluated, fetched, inlineRan: 'inlineRan' in window }
  })
  expect(found).toEqual({ evaluated: 'EvalError', fetched: 'TypeError', inlineRan: false })
})

test('the protocol handler serves files, workers and the lack of them, and sees the app address', async ({
  app,
  page,
}) => {
  const load = (path: string) =>
    page.evaluate(
      (source) =>
        new Promise((resolve) => {
          const script = document.createElement('script')
          script.onload = () => resolve('loaded')
          script.onerror = () => resolve('failed')
          script.src = source
          document.body.append(script)
        }),
      path,
    )
  expect(await load('/page.js?version=1')).toBe('loaded')
  expect(await load('/missing.js')).toBe('failed')
  expect(await load('/..%2f..%2f..%2fetc/passwd')).toBe('failed')
  expect(await page.evaluate(() => document.body.dataset['ran'])).toBe('yes')
  const worker = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const worker = new Worker('/worker.js')
        worker.onmessage = ({ data }) => resolve(data)
        worker.onerror = () => resolve('failed')
      }),
  )
  expect(worker).toBe('worker alive')
  const urls = await app.evaluate(() => globalThis.fixture.requests.map(({ url }) => url))
  expect(urls).toContain('app://fixture/index.html')
  expect(urls).toContain('app://fixture/page.js?version=1')
  expect(urls).toContain('app://fixture/..%2f..%2f..%2fetc/passwd')
  expect(urls.every((url) => url.startsWith('app://fixture/'))).toBe(true)
})

test('a missing document is shown with its status, and loading it resolves', async ({ app, page }) => {
  const outcome = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    await window?.loadURL('app://fixture/missing.html')
    const missing = window?.webContents.getURL()
    const otherHost = await window?.loadURL('app://other/index.html').then(() => window.webContents.getURL())
    return { missing, otherHost }
  })
  expect(outcome).toEqual({ missing: 'app://fixture/missing.html', otherHost: 'app://other/index.html' })
  await expect(page.locator('body')).toHaveText('not here')
})

test('webRequest can cancel', async ({ page }) => {
  const outcome = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const script = document.createElement('script')
        script.onload = () => resolve('loaded')
        script.onerror = () => resolve('cancelled')
        script.src = '/cancelled.js'
        document.body.append(script)
      }),
  )
  expect(outcome).toBe('cancelled')
  expect(await page.evaluate(() => 'cancelledScriptRan' in window)).toBe(false)
})

const navigations: { what: string; navigate: () => void; target: string }[] = [
  {
    what: 'a link',
    navigate: () => document.getElementById('away')?.click(),
    target: 'https://away.example/',
  },
  {
    what: 'a link within the app',
    navigate: () => document.getElementById('sibling')?.click(),
    target: 'app://fixture/second.html',
  },
  {
    what: 'a form',
    navigate: () => {
      // The fixture's policy refuses foreign forms before anything is asked.
      document.querySelector('form')?.setAttribute('action', '/second.html')
      document.getElementById('submit')?.click()
    },
    target: 'app://fixture/second.html?',
  },
  {
    what: 'location',
    navigate: () => void setTimeout(() => location.assign('https://assigned.example/')),
    target: 'https://assigned.example/',
  },
  {
    what: 'location.reload',
    navigate: () => void setTimeout(() => location.reload()),
    target: 'app://fixture/index.html',
  },
]

for (const { what, navigate, target } of navigations) {
  test(`navigation by ${what} can be prevented`, async ({ app, page }) => {
    await page.evaluate(() => Object.assign(window, { marker: 1 }))
    await page.evaluate(navigate)
    expect((await waitForEvent(app, 'will-navigate'))['url']).toBe(target)
    expect((await page.evaluate(() => bridge.sender())).url).toBe('app://fixture/index.html')
    expect(await page.evaluate(() => 'marker' in window)).toBe(true)
  })
}

test('a debugger reloads a page that was refused a navigation', async ({ app, page }) => {
  await page.evaluate(() => {
    Object.assign(window, { marker: 1 })
    location.href = 'https://elsewhere.example/'
  })
  await waitForEvent(app, 'will-navigate')
  // Not by page.reload(), which takes the end of the refused navigation for that of its own.
  const session = await page.context().newCDPSession(page)
  await session.send('Page.reload')
  await page.waitForFunction(() => !('marker' in window))
  expect((await readEvents(app)).filter(({ name }) => name === 'will-navigate')).toHaveLength(1)
})

test('navigation that nobody prevents happens, and the app loading a page asks nobody', async ({
  app,
  page,
}) => {
  await app.evaluate(() => {
    globalThis.fixture.deny = false
  })
  await page.getByRole('link', { name: 'sibling' }).click()
  await page.getByRole('heading', { name: 'Second' }).waitFor()
  expect((await page.evaluate(() => bridge.sender())).url).toBe('app://fixture/second.html')
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.loadURL('app://fixture/index.html#top'),
  )
  const asked = (await readEvents(app)).filter(({ name }) => name === 'will-navigate')
  expect(asked.map(({ url }) => url)).toEqual(['app://fixture/second.html'])
})

test('no page opens a window', async ({ app, page }) => {
  expect(await page.evaluate(() => window.open('https://opened.example/'))).toBeNull()
  await page.getByRole('link', { name: 'popup' }).click()
  await expect
    .poll(async () =>
      (await readEvents(app)).filter(({ name }) => name === 'window-open').map(({ url }) => url),
    )
    .toEqual(['https://opened.example/', 'https://popup.example/'])
  await expect.poll(() => app.windows().length).toBe(1)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('permissions are denied', async ({ page }) => {
  const found = await page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    geolocation: await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        ({ code }) => resolve(code),
      ),
    ),
    clipboard: await navigator.clipboard.readText().then(
      () => 'granted',
      (error: Error) => error.name,
    ),
  }))
  expect(found).toEqual({ notifications: 'denied', geolocation: 1, clipboard: 'NotAllowedError' })
})
