import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron'
import type { CdpSession } from '../browser/CdpSession.ts'
import type { Protocol } from '../browser/protocol.ts'
import { refuseUnknownMembers, UnavailableError } from '../unavailable.ts'
import { app } from './app.ts'
import { getBrowserProcess } from './browserProcess.ts'
import { createCancellableEvent } from './createCancellableEvent.ts'
import { WebContents } from './WebContents.ts'
import { openWindows } from './windowRegistry.ts'

const windows = new Map<number, BrowserWindow>()
let lastId = 0
let focused: BrowserWindow | null = null

/** Electron's `BrowserWindow`: sandboxed and context-isolated only. Members that it lacks throw. */
export class BrowserWindow extends EventEmitter {
  readonly id = ++lastId
  readonly webContents: WebContents
  readonly #parent: BrowserWindow | null
  readonly #isModal: boolean
  readonly #backgroundColor: string | undefined
  #bounds: Rectangle
  #title: string
  #isVisible: boolean
  #isMinimized = false
  #isDestroyed = false
  #isClosing = false
  #hasBeenReady = false

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    const { targets } = getBrowserProcess('BrowserWindow')
    assertSandboxed(options.webPreferences ?? {})
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.#bounds = { x, y, width, height }
    this.#title = options.title ?? app.getName()
    this.#isVisible = options.show !== false
    this.#parent = (options.parent as unknown as BrowserWindow | undefined) ?? null
    this.#isModal = options.modal === true
    this.#backgroundColor = options.backgroundColor
    this.webContents = new WebContents({
      preload: options.webPreferences?.preload,
      open: (onClosed) => targets.open({ width, height }, onClosed),
      prepare: (session) => this.#prepare(session),
      onPainted: () => this.#becomeReady(),
      onFocused: () => this.#becomeFocused(),
      onClosed: () => this.#onClosed(),
    })
    // A minimised window paints nothing, and its app would wait for ever to show it.
    this.webContents.on('did-finish-load', () => this.#becomeReady())
    windows.set(this.id, this)
    openWindows.add(this)
    if (this.#isVisible) this.#becomeFocused()
    app.emit('web-contents-created', {}, this.webContents)
    app.emit('browser-window-created', {}, this)
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()]
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  loadFile(path: string): Promise<void> {
    return this.webContents.loadFile(path)
  }

  reload(): void {
    this.webContents.reload()
  }

  show(): void {
    this.#setVisible(true)
    this.focus()
  }

  showInactive(): void {
    this.#setVisible(true)
  }

  hide(): void {
    this.#setVisible(false)
    this.#loseFocus()
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  focus(): void {
    this.webContents.focus()
    this.#becomeFocused()
  }

  blur(): void {
    this.#loseFocus()
  }

  isFocused(): boolean {
    return focused === this
  }

  minimize(): void {
    if (this.#isMinimized) return
    this.#isMinimized = true
    this.#setNativeBounds({ windowState: 'minimized' })
    this.emit('minimize')
  }

  restore(): void {
    if (!this.#isMinimized) return
    this.#isMinimized = false
    this.#setNativeBounds({ windowState: 'normal' })
    this.emit('restore')
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  isMaximized(): boolean {
    return false
  }

  isFullScreen(): boolean {
    return false
  }

  isModal(): boolean {
    return this.#isModal
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  getParentWindow(): BrowserWindow | null {
    return this.#parent
  }

  getChildWindows(): BrowserWindow[] {
    return BrowserWindow.getAllWindows().filter((window) => window.#parent === this)
  }

  getBounds(): Rectangle {
    return { ...this.#bounds }
  }

  getContentBounds(): Rectangle {
    return this.getBounds()
  }

  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height]
  }

  getContentSize(): number[] {
    return this.getSize()
  }

  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y]
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.webContents.withSession((session) => void this.#applyBounds(session).catch(() => {}))
    this.emit('resize')
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  getTitle(): string {
    return this.#title
  }

  setTitle(title: string): void {
    this.#title = title
  }

  // Without effect here, and nothing that the app could do wrong for it: looks, menus, screen capture, sizing limits.
  setMenu(_menu: unknown): void {}
  removeMenu(): void {}
  setMenuBarVisibility(_visible: boolean): void {}
  setAutoHideMenuBar(_hide: boolean): void {}
  setContentProtection(_enable: boolean): void {}
  setBackgroundColor(_color: string): void {}
  setIcon(_icon: unknown): void {}
  setMinimumSize(_width: number, _height: number): void {}
  setResizable(_resizable: boolean): void {}
  setAlwaysOnTop(_flag: boolean): void {}
  setSkipTaskbar(_skip: boolean): void {}
  flashFrame(_flag: boolean): void {}
  center(): void {}
  moveTop(): void {}

  /** Asks the app (`close`), then the page (`beforeunload`), then closes. */
  close(): void {
    if (this.#isDestroyed || this.#isClosing) return
    const event = createCancellableEvent({})
    this.emit('close', event)
    if (event.defaultPrevented) {
      app.onCloseRefused()
      return
    }
    this.#isClosing = true
    this.webContents.once('will-prevent-unload', (unload: { readonly defaultPrevented: boolean }) => {
      if (unload.defaultPrevented) return
      this.#isClosing = false
      app.onCloseRefused()
    })
    this.webContents.close({ waitForBeforeUnload: true })
  }

  /** Closes without asking anybody. */
  destroy(): void {
    this.#isClosing = true
    this.webContents.destroy()
  }

  async #prepare(session: CdpSession): Promise<void> {
    if (this.#backgroundColor !== undefined) {
      const color = parseColor(this.#backgroundColor)
      if (color !== undefined) session.post('Emulation.setDefaultBackgroundColorOverride', { color })
    }
    await this.#applyBounds(session)
    if (!this.#isVisible) this.#setNativeBounds({ windowState: 'minimized' })
  }

  async #applyBounds(session: CdpSession): Promise<void> {
    const { x, y, width, height } = this.#bounds
    if (getBrowserProcess('BrowserWindow').chromium.hasDisplay) {
      this.#setNativeBounds({ left: x, top: y, width, height })
    } else {
      await session.send('Emulation.setDeviceMetricsOverride', {
        width,
        height,
        deviceScaleFactor: 0,
        mobile: false,
      })
    }
  }

  #setNativeBounds(bounds: Protocol.Browser.Bounds): void {
    const { chromium } = getBrowserProcess('BrowserWindow')
    if (!chromium.hasDisplay) return
    this.webContents.withSession(async (session) => {
      try {
        const { windowId } = await session.send('Browser.getWindowForTarget')
        await session.send('Browser.setWindowBounds', { windowId, bounds })
      } catch {
        // The window has gone meanwhile.
      }
    })
  }

  #setVisible(visible: boolean): void {
    if (this.#isVisible === visible) return
    this.#isVisible = visible
    this.#setNativeBounds({ windowState: visible ? 'normal' : 'minimized' })
    this.emit(visible ? 'show' : 'hide')
  }

  #becomeReady(): void {
    if (this.#hasBeenReady) return
    this.#hasBeenReady = true
    this.emit('ready-to-show')
  }

  #becomeFocused(): void {
    if (focused === this || this.#isDestroyed) return
    if (focused !== null) focused.#loseFocus()
    focused = this
    this.emit('focus')
    app.emit('browser-window-focus', {}, this)
  }

  #loseFocus(): void {
    if (focused !== this) return
    focused = null
    this.emit('blur')
    app.emit('browser-window-blur', {}, this)
  }

  #onClosed(): void {
    // Closed past the app, by the window's own button: the app hears of it, but can no longer prevent it.
    if (!this.#isClosing) this.emit('close', createCancellableEvent({}))
    this.#isDestroyed = true
    this.#loseFocus()
    for (const child of this.getChildWindows()) child.destroy()
    windows.delete(this.id)
    openWindows.delete(this)
    this.emit('closed')
    app.onWindowClosed()
  }
}

refuseUnknownMembers(BrowserWindow, 'BrowserWindow')

function assertSandboxed(preferences: WebPreferences): void {
  const { sandbox, contextIsolation, nodeIntegration, webviewTag, partition, session, webSecurity } =
    preferences
  if (sandbox === false) throw new UnavailableError('an unsandboxed window')
  if (contextIsolation === false) throw new UnavailableError('a window without context isolation')
  if (nodeIntegration === true) throw new UnavailableError('a window with Node integration')
  if (webviewTag === true) throw new UnavailableError('the webview tag')
  if (webSecurity === false) throw new UnavailableError('a window without web security')
  if (partition !== undefined || session !== undefined)
    throw new UnavailableError('a window with a session of its own')
}

function parseColor(color: string): { r: number; g: number; b: number } | undefined {
  const [, r, g, b] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color) ?? []
  if (r === undefined || g === undefined || b === undefined) return undefined
  return { r: Number.parseInt(r, 16), g: Number.parseInt(g, 16), b: Number.parseInt(b, 16) }
}
