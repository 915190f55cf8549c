import { EventEmitter } from 'node:events'
import { pathToFileURL } from 'node:url'
import type { CdpSession } from '../browser/CdpSession.ts'
import type { OpenedTarget } from '../browser/TargetRegistry.ts'
import type { WorldMessage } from '../page/messages.ts'
import { refuseUnknownMembers } from '../unavailable.ts'
import { getBrowserProcess } from './browserProcess.ts'
import { createCancellableEvent } from './createCancellableEvent.ts'
import { dispatchIpc } from './dispatchIpc.ts'
import { FrameTree } from './FrameTree.ts'
import { IpcMain, type IpcMainEvent } from './IpcMain.ts'
import { nativeTheme } from './NativeTheme.ts'
import { LoadError, Navigation } from './Navigation.ts'
import { powerMonitor } from './PowerMonitor.ts'
import { type NavigationGuard, RequestInterceptor } from './RequestInterceptor.ts'
import { type Session, session } from './Session.ts'
import { fromChromiumUrl } from './schemes.ts'
import type { WebFrameMain } from './WebFrameMain.ts'
import { WorldLink } from './WorldLink.ts'

type OpenRequest = { url: string; frameName: string; features: string; disposition: string }
type WindowOpenHandler = (details: OpenRequest & { referrer: object }) => { action: 'allow' | 'deny' }

type Page = {
  readonly target: OpenedTarget
  readonly frames: FrameTree
  readonly link: WorldLink
  readonly navigation: Navigation
}

const pages = new Map<number, WebContents>()
let lastId = 0

/** What a window decides about its page, and is told of it. */
export type WebContentsOptions = {
  readonly preload: string | undefined
  readonly open: (onClosed: () => void) => Promise<OpenedTarget>
  readonly prepare: (session: CdpSession) => Promise<void>
  readonly onPainted: () => void
  readonly onFocused: () => void
  readonly onClosed: () => void
}

/** Electron's `webContents`: one page, its preload world, its requests. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId
  readonly session: Session = session.defaultSession
  readonly ipc = new IpcMain()
  readonly hostWebContents = null
  readonly #options: WebContentsOptions
  readonly #page: Promise<Page>
  #opened: Page | undefined
  #windowOpenHandler: WindowOpenHandler | undefined
  #isDestroyed = false

  constructor(options: WebContentsOptions) {
    super()
    this.#options = options
    pages.set(this.id, this)
    this.#page = this.#open()
    this.#page.catch((error) => {
      if (!this.#isDestroyed) console.error('electron stand-in: a window could not be opened:', error)
    })
  }

  static find(matches: (contents: WebContents) => boolean): WebContents | undefined {
    return [...pages.values()].find(matches)
  }

  static all(): WebContents[] {
    return [...pages.values()]
  }

  get mainFrame(): WebFrameMain {
    if (this.#opened === undefined)
      throw new Error('electron stand-in: the page of this window is still being opened')
    return this.#opened.frames.mainFrame
  }

  /** Stand-in internals: which target of Chromium this is. */
  get targetId(): string | undefined {
    return this.#opened?.target.targetId
  }

  async loadURL(url: string): Promise<void> {
    const { navigation } = await this.#page
    try {
      await navigation.load(url)
    } catch (error) {
      if (error instanceof LoadError) this.emit('did-fail-load', {}, error.errno, error.code, url, true)
      throw error
    }
  }

  loadFile(path: string): Promise<void> {
    return this.loadURL(pathToFileURL(path).href)
  }

  reload(): void {
    this.#page.then(({ target }) => target.session.post('Page.reload'))
  }

  getURL(): string {
    const url = this.#opened?.frames.mainFrame.url ?? ''
    return url === 'about:blank' ? '' : url
  }

  isLoading(): boolean {
    return this.#opened?.navigation.isLoading ?? true
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  send(channel: string, ...parameters: unknown[]): void {
    this.#opened?.link.sendEvent(channel, parameters)
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler
  }

  focus(): void {
    this.#page.then(({ target }) => target.session.post('Page.bringToFront')).catch(() => {})
  }

  /** A4 or letter and the background only; every other option is refused rather than passed over. */
  async printToPDF(options: { pageSize?: 'A4' | 'Letter'; printBackground?: boolean }): Promise<Buffer> {
    const { pageSize = 'Letter', printBackground = false, ...others } = options
    if (Object.keys(others).length > 0) {
      throw new Error(`electron stand-in: printToPDF knows no ${Object.keys(others).join(', ')}`)
    }
    const { target } = await this.#page
    const size = pageSize === 'A4' ? { paperWidth: 8.27, paperHeight: 11.7 } : {}
    const { data } = await target.session.send('Page.printToPDF', { printBackground, ...size })
    return Buffer.from(data, 'base64')
  }

  getType(): 'window' {
    return 'window'
  }

  isDevToolsOpened(): boolean {
    return false
  }

  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve()
  }

  /** Ends the page and with it the window, asking the page first only when told to. */
  close(options: { waitForBeforeUnload?: boolean } = {}): void {
    const { targets } = getBrowserProcess('windows')
    this.#page
      .then(async ({ target }) => {
        if (!options.waitForBeforeUnload) targets.close(target.targetId)
        // Refused between two documents: then there is no page to ask.
        else await target.session.send('Page.close').catch(() => targets.close(target.targetId))
      })
      .catch(() => this.destroy())
  }

  /** Stand-in internals: the page has gone or is to be forgotten at once. */
  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    pages.delete(this.id)
    this.#opened?.navigation.abort()
    this.#page
      .then(({ target }) => getBrowserProcess('windows').targets.close(target.targetId))
      .catch(() => {})
    this.emit('destroyed')
    this.#options.onClosed()
  }

  /** Stand-in internals: runs with the page's session once it is open, unless it has gone. */
  withSession(run: (session: CdpSession) => void): void {
    this.#page.then(({ target }) => this.#isDestroyed || run(target.session)).catch(() => {})
  }

  async #open(): Promise<Page> {
    const { chromium } = getBrowserProcess('BrowserWindow')
    const target = await this.#options.open(() => this.destroy())
    const { session: cdp, targetId } = target
    const frames = new FrameTree((channel, ...parameters) => this.send(channel, ...parameters), targetId)
    frames.follow(cdp)
    const link = new WorldLink(cdp, frames)
    const navigation = new Navigation(cdp, targetId)
    const page = { target, frames, link, navigation }
    this.#followEvents(cdp, targetId)
    const interceptor = new RequestInterceptor({
      connection: chromium.connection,
      session: this.session,
      webContentsId: this.id,
      mainFrameId: targetId,
      guard: this.#createGuard(navigation, frames),
    })
    const prepared = Promise.all([
      cdp.send('Page.enable'),
      cdp.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      cdp.send('Runtime.enable'),
      interceptor.intercept(cdp),
      link.install(this.#options.preload, (message, sender, contextId) =>
        this.#receive(page, message, sender, contextId),
      ),
      this.#options.prepare(cdp),
      this.#followTheme(cdp),
    ])
    // Chromium works the commands off in order, but answers some of them only once the page may run.
    await Promise.all([prepared, cdp.send('Runtime.runIfWaitingForDebugger')])
    this.#opened = page
    return page
  }

  #followEvents(cdp: CdpSession, mainFrameId: string): void {
    cdp.on('Page.lifecycleEvent', ({ frameId, name }) => {
      if (frameId !== mainFrameId || this.getURL() === '') return
      if (name === 'DOMContentLoaded') this.emit('dom-ready', {})
      if (name === 'firstPaint') this.#options.onPainted()
    })
    cdp.on('Page.loadEventFired', () => {
      this.emit('did-finish-load', {})
      this.emit('did-stop-loading', {})
    })
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.emit('did-navigate', {}, fromChromiumUrl(frame.url))
    })
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      this.emit('did-navigate-in-page', {}, fromChromiumUrl(url), frameId === mainFrameId)
    })
    cdp.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      this.#askForWindow({
        url: fromChromiumUrl(url),
        frameName: windowName,
        features: windowFeatures.join(','),
      })
    })
    cdp.on('Page.javascriptDialogOpening', ({ type }) => {
      // As in Electron, a page that objects to being unloaded stays unless the app overrules it.
      if (type === 'beforeunload') {
        const event = createCancellableEvent({})
        this.emit('will-prevent-unload', event)
        cdp.post('Page.handleJavaScriptDialog', { accept: event.defaultPrevented })
      }
    })
    cdp.on('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    })
  }

  async #followTheme(cdp: CdpSession): Promise<void> {
    const apply = () =>
      cdp.send('Emulation.setEmulatedMedia', {
        features: [
          { name: 'prefers-color-scheme', value: nativeTheme.shouldUseDarkColors ? 'dark' : 'light' },
        ],
      })
    const update = () => void apply().catch(() => {})
    nativeTheme.on('updated', update)
    this.once('destroyed', () => nativeTheme.off('updated', update))
    await apply()
  }

  #createGuard(navigation: Navigation, frames: FrameTree): NavigationGuard {
    return ({ url, frameId, isRedirect }) => {
      if (!isRedirect && !navigation.wasRequestedByPage(frameId, url)) return true
      const frame = frames.find(frameId)
      const isMainFrame = frame === frames.mainFrame
      const details = {
        url,
        isMainFrame,
        isSameDocument: false,
        frame: frame ?? null,
        initiator: frames.mainFrame,
      }
      const events = isRedirect
        ? ['will-redirect']
        : ['will-frame-navigate', ...(isMainFrame ? ['will-navigate'] : [])]
      return events.every((name) => {
        const event = createCancellableEvent({ ...details })
        this.emit(name, event, url)
        return !event.defaultPrevented
      })
    }
  }

  #receive(page: Page, message: WorldMessage, sender: WebFrameMain, contextId: number): void {
    switch (message.type) {
      case 'open':
        this.#askForWindow(message)
        break
      case 'activity':
        powerMonitor.noteActivity()
        break
      case 'focus':
        this.#options.onFocused()
        break
      case 'preloadError': {
        const error = Object.assign(new Error(message.message), { stack: message.stack })
        console.error(`Unable to load preload script: ${this.#options.preload}\n${message.stack}`)
        this.emit('preload-error', {}, this.#options.preload, error)
        break
      }
      default:
        void dispatchIpc(message, this.#createIpcEvent(sender), this.ipc, (answer) =>
          page.link.deliver(answer, contextId),
        )
    }
  }

  #createIpcEvent(senderFrame: WebFrameMain): IpcMainEvent {
    const reply = (channel: string, ...parameters: unknown[]) => this.send(channel, ...parameters)
    return { type: 'frame', sender: this, senderFrame, frameId: 1, processId: 1, ports: [], reply }
  }

  #askForWindow({ url, frameName, features }: Omit<OpenRequest, 'disposition'>): void {
    const referrer = { url: this.getURL(), policy: 'strict-origin-when-cross-origin' }
    const request = {
      url,
      frameName,
      features,
      disposition: features === '' ? 'foreground-tab' : 'new-window',
      referrer,
    }
    const answer = this.#windowOpenHandler?.(request)
    if (answer?.action === 'deny') return
    console.error(`electron stand-in: windows opened by pages are not available here; denied ${url}`)
  }
}

refuseUnknownMembers(WebContents, 'webContents')

/** Electron's `webContents` module. */
export const webContents = {
  getAllWebContents: (): WebContents[] => WebContents.all(),
  fromId: (id: number): WebContents | undefined => pages.get(id),
  fromFrame: (frame: WebFrameMain): WebContents | undefined =>
    WebContents.find((contents) => contents.targetId === frame.top.frameToken),
  fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
    WebContents.find((contents) => contents.targetId === targetId),
}
