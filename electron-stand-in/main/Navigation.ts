import type { CdpSession } from '../browser/CdpSession.ts'
import { fromChromiumUrl, toChromiumUrl } from './schemes.ts'

type Load = { readonly loaderId: string; readonly settle: (error?: Error) => void }

const ERROR_CODES: Readonly<Record<string, number>> = {
  'net::ERR_FAILED': -2,
  'net::ERR_ABORTED': -3,
  'net::ERR_BLOCKED_BY_CLIENT': -20,
  'net::ERR_CONNECTION_REFUSED': -102,
  'net::ERR_NAME_NOT_RESOLVED': -105,
}

/** A main-frame load that did not come to its end, with Chromium's code, as Electron's loadURL rejects. */
export class LoadError extends Error {
  readonly code: string
  readonly errno: number
  readonly url: string
  constructor(description: string, url: string) {
    const errno = ERROR_CODES[description] ?? -2
    const code = description.replace('net::', '')
    super(`${code} (${errno}) loading '${url}'`)
    this.code = code
    this.errno = errno
    this.url = url
  }
}

/** Loads documents into a page's main frame, and tells the page's own navigations from the app's. */
export class Navigation {
  readonly #session: CdpSession
  readonly #mainFrameId: string
  #loadedId: string | undefined
  #load: Load | undefined
  #ownUrl: string | undefined
  #isReload = false
  #isRequestedByPage = false

  constructor(session: CdpSession, mainFrameId: string) {
    this.#session = session
    this.#mainFrameId = mainFrameId
    session.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
      if (frameId !== mainFrameId || name !== 'load') return
      this.#loadedId = loaderId
      if (this.#load?.loaderId === loaderId) this.#load.settle()
    })
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id !== mainFrameId) return
      this.#isRequestedByPage = false
      if (this.#load !== undefined && this.#load.loaderId !== frame.loaderId) this.abort()
    })
    session.on('Page.frameRequestedNavigation', ({ frameId }) => {
      if (frameId === mainFrameId) this.#isRequestedByPage = true
    })
    session.on('Page.frameStartedNavigating', ({ frameId, navigationType }) => {
      if (frameId === mainFrameId) this.#isReload = navigationType.startsWith('reload')
    })
  }

  get isLoading(): boolean {
    return this.#load !== undefined
  }

  /** Resolves at the document's load event; rejects with a LoadError. */
  async load(url: string): Promise<void> {
    this.abort()
    const { href } = new URL(toChromiumUrl(url))
    // Requests carry no fragment.
    this.#ownUrl = fromChromiumUrl(href.replace(/#.*$/, ''))
    const { loaderId, errorText } = await this.#session.send('Page.navigate', { url: href })
    if (errorText !== undefined) throw new LoadError(errorText, url)
    // Without a loader the document stayed, and only its fragment changed.
    if (loaderId === undefined || this.#loadedId === loaderId) return
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: Error): void => {
        this.#load = undefined
        if (error === undefined) resolve()
        else reject(error)
      }
      this.#load = { loaderId, settle: (error) => settle(error && new LoadError(error.message, url)) }
    })
  }

  /** Gives up the load under way, because another one or the window's end overtook it. */
  abort(): void {
    this.#load?.settle(new Error('net::ERR_ABORTED'))
  }

  /**
   * Whether the page asked for the navigation now paused in a frame. Only the app's own loads and the reloads that no
   * page asked for are told apart: what else a debugger starts counts as the page's, which errs on the safe side.
   */
  wasRequestedByPage(frameId: string, url: string): boolean {
    if (frameId !== this.#mainFrameId) return true
    const isOwn = this.#ownUrl === url
    const isRequestedByPage = this.#isRequestedByPage
    this.#ownUrl = undefined
    // One that is refused never arrives anywhere: what the page asked for is over with the answer.
    this.#isRequestedByPage = false
    return !isOwn && (isRequestedByPage || !this.#isReload)
  }
}
