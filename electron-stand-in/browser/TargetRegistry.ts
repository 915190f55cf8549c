import { randomUUID } from 'node:crypto'
import type { CdpSession } from './CdpSession.ts'
import type { ChromiumProcess } from './launchChromium.ts'
import type { Protocol } from './protocol.ts'

type TargetInfo = Protocol.Target.TargetInfo

/** A page that the app asked for, still waiting for `Runtime.runIfWaitingForDebugger`. */
export type OpenedTarget = {
  readonly targetId: string
  readonly session: CdpSession
}

type Attached = { readonly session: CdpSession; readonly info: TargetInfo }

type Claim = {
  readonly matches: (info: TargetInfo) => boolean
  readonly resolve: (attached: Attached) => void
}

/** Opens pages, and closes every page that nobody here opened before it runs a single script. */
export class TargetRegistry {
  readonly #chromium: ChromiumProcess
  readonly #claims = new Set<Claim>()
  readonly #closed = new Map<string, () => void>()
  #unclaimed: Attached[] = []
  #opening = 0

  private constructor(chromium: ChromiumProcess) {
    this.#chromium = chromium
  }

  static async start(chromium: ChromiumProcess): Promise<TargetRegistry> {
    const registry = new TargetRegistry(chromium)
    const { browser } = chromium.connection
    browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      registry.#onAttached({ session: chromium.connection.attach(sessionId), info: targetInfo })
    })
    browser.on('Target.detachedFromTarget', ({ sessionId }) => chromium.connection.detach(sessionId))
    browser.on('Target.targetDestroyed', ({ targetId }) => registry.#closed.get(targetId)?.())
    await browser.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
    })
    await browser.send('Target.setDiscoverTargets', { discover: true })
    return registry
  }

  /** Opens a blank page of its own window; `onClosed` is called once, whoever closes it. */
  async open(size: { width: number; height: number }, onClosed: () => void): Promise<OpenedTarget> {
    this.#opening++
    try {
      const { session, info } = await (this.#chromium.hasDisplay
        ? this.#openAppWindow()
        : this.#openPage(size))
      this.#closed.set(info.targetId, () => {
        this.#closed.delete(info.targetId)
        onClosed()
      })
      return { targetId: info.targetId, session }
    } finally {
      this.#opening--
      if (this.#opening === 0) this.#closeStrays()
    }
  }

  close(targetId: string): void {
    this.#chromium.connection.browser.post('Target.closeTarget', { targetId })
  }

  async #openPage(size: { width: number; height: number }): Promise<Attached> {
    const { targetId } = await this.#chromium.connection.browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      ...size,
    })
    return this.#claim((info) => info.targetId === targetId)
  }

  async #openAppWindow(): Promise<Attached> {
    // CDP opens windows with tabs and an address bar only; the token tells which app window is whose.
    const url = `data:text/html,${randomUUID()}`
    const attached = this.#claim((info) => info.url === url)
    await this.#chromium.openAppWindow(url)
    return attached
  }

  #claim(matches: (info: TargetInfo) => boolean): Promise<Attached> {
    const waiting = this.#unclaimed.find(({ info }) => matches(info))
    if (waiting !== undefined) {
      this.#unclaimed = this.#unclaimed.filter((attached) => attached !== waiting)
      return Promise.resolve(waiting)
    }
    return new Promise((resolve) => this.#claims.add({ matches, resolve }))
  }

  #onAttached(attached: Attached): void {
    const { session, info } = attached
    if (info.type === 'service_worker' || info.type === 'shared_worker') {
      // They outlive pages and fetch past the page's interception.
      this.close(info.targetId)
      return
    }
    if (info.type !== 'page') {
      session.post('Runtime.runIfWaitingForDebugger')
      return
    }
    for (const claim of this.#claims) {
      if (!claim.matches(info)) continue
      this.#claims.delete(claim)
      claim.resolve(attached)
      return
    }
    this.#unclaimed.push(attached)
    if (this.#opening === 0) this.#closeStrays()
  }

  #closeStrays(): void {
    for (const { session, info } of this.#unclaimed) {
      session.on('Fetch.requestPaused', ({ requestId }) =>
        session.post('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }),
      )
      session.post('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
      this.close(info.targetId)
    }
    this.#unclaimed = []
  }
}
