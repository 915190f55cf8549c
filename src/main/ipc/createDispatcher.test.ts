import { describe, expect, it } from 'vitest'
import type { Router } from '../../shared/contract/createRouter.ts'
import { createDispatcher, type Sender } from './createDispatcher.ts'

const pageUrl = 'app://minato/index.html'
const good: Sender = { windowId: 1, url: pageUrl, isMainFrame: true }

function setUp() {
  const handled: string[] = []
  const refused: Sender[] = []
  const router: Router = {
    channels: ['minato:app.getInfo'],
    async handle(channel) {
      handled.push(channel)
      return { ok: true, value: undefined }
    },
  }
  const dispatcher = createDispatcher((sender) => refused.push(sender))
  dispatcher.attach(1, { router, pageUrl })
  return { dispatcher, handled, refused }
}

describe('createDispatcher', () => {
  it('hears the page that the window was made for, whatever its fragment', async () => {
    const { dispatcher, handled } = setUp()
    expect(await dispatcher.dispatch(good, 'minato:app.getInfo', undefined)).toEqual({
      ok: true,
      value: undefined,
    })
    await dispatcher.dispatch({ ...good, url: `${pageUrl}#/send` }, 'minato:app.getInfo', undefined)
    expect(handled).toHaveLength(2)
  })

  it.each<[string, Sender]>([
    ['another window', { ...good, windowId: 2 }],
    ['a frame inside the page', { ...good, isMainFrame: false }],
    ['a frame that is gone', { ...good, url: undefined }],
    ['a foreign page', { ...good, url: 'https://evil.example/index.html' }],
    ['a page of a look-alike host', { ...good, url: 'app://minato.evil/index.html' }],
    ['the other page of the app', { ...good, url: 'app://minato/approval.html' }],
    ['a page with a query', { ...good, url: `${pageUrl}?x=1` }],
    ['a data page', { ...good, url: 'data:text/html,<h1>hi</h1>' }],
    ['no page', { ...good, url: 'about:blank' }],
    ['garbage', { ...good, url: ':::' }],
  ])('refuses %s', async (_name, sender) => {
    const { dispatcher, handled, refused } = setUp()
    const result = await dispatcher.dispatch(sender, 'minato:app.getInfo', undefined)
    expect(result).toMatchObject({ ok: false, error: { code: 'request.invalid' } })
    expect(handled).toEqual([])
    expect(refused).toEqual([sender])
  })

  it('no longer hears a window that was closed', async () => {
    const { dispatcher, handled } = setUp()
    dispatcher.detach(1)
    expect(await dispatcher.dispatch(good, 'minato:app.getInfo', undefined)).toMatchObject({ ok: false })
    expect(handled).toEqual([])
  })
})
