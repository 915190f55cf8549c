import type { CdpConnection } from '../browser/CdpConnection.ts'
import type { CdpSession } from '../browser/CdpSession.ts'
import type { Protocol } from '../browser/protocol.ts'
import type { Session } from './Session.ts'
import { fromChromiumUrl, isCustomScheme, schemeOf, toChromiumPolicy, toChromiumUrl } from './schemes.ts'

type PausedRequest = Protocol.Events['Fetch.requestPaused']

/** Decides whether a document may be requested in a frame; false stops the navigation. */
export type NavigationGuard = (navigation: {
  readonly url: string
  readonly frameId: string
  readonly isRedirect: boolean
}) => boolean

const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  Stylesheet: 'stylesheet',
  Image: 'image',
  Media: 'media',
  Font: 'font',
  Script: 'script',
  XHR: 'xhr',
  Fetch: 'xhr',
  WebSocket: 'webSocket',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
}

/** Every request of a page and of its workers and frames: guarded, offered to webRequest, answered for custom schemes. */
export class RequestInterceptor {
  readonly #connection: CdpConnection
  readonly #session: Session
  readonly #webContentsId: number
  readonly #mainFrameId: string
  readonly #guard: NavigationGuard
  #lastId = 0

  constructor(options: {
    connection: CdpConnection
    session: Session
    webContentsId: number
    mainFrameId: string
    guard: NavigationGuard
  }) {
    this.#connection = options.connection
    this.#session = options.session
    this.#webContentsId = options.webContentsId
    this.#mainFrameId = options.mainFrameId
    this.#guard = options.guard
  }

  /** Puts itself between a target and its requests, and between every worker and frame of the target and theirs. */
  async intercept(target: CdpSession): Promise<void> {
    target.on('Fetch.requestPaused', (request) => {
      this.#decide(request, target).catch((error) => {
        target.post('Fetch.failRequest', { requestId: request.requestId, errorReason: 'Failed' })
        console.error(
          `electron stand-in: ${request.request.method} ${fromChromiumUrl(request.request.url)}:`,
          error,
        )
      })
    })
    target.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const child = this.#connection.attach(sessionId)
      // Pages opened by this one are the registry's business.
      const prepared = targetInfo.type === 'page' ? Promise.resolve() : this.intercept(child)
      prepared.catch(() => {}).finally(() => child.post('Runtime.runIfWaitingForDebugger'))
    })
    target.on('Target.detachedFromTarget', ({ sessionId }) => this.#connection.detach(sessionId))
    await Promise.all([
      target.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] }),
      target.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
    ])
  }

  async #decide(paused: PausedRequest, target: CdpSession): Promise<void> {
    const { requestId, request, frameId, resourceType } = paused
    const url = fromChromiumUrl(request.url)
    if (resourceType === 'Other' && new URL(request.url).pathname === '/favicon.ico') {
      // Chromium's tab asks for it, which Electron has none of.
      target.post('Fetch.fulfillRequest', { requestId, responseCode: 204 })
      return
    }
    if (resourceType === 'Document') {
      const isRedirect = paused.redirectedRequestId !== undefined
      if (!this.#guard({ url, frameId, isRedirect })) {
        target.post('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
        return
      }
    }
    const decision = await this.#session.webRequest.decide({
      id: ++this.#lastId,
      url,
      method: request.method,
      resourceType: this.#describeType(resourceType, frameId),
      referrer: fromChromiumUrl(request.headers['Referer'] ?? ''),
      timestamp: Date.now(),
      webContentsId: this.#webContentsId,
    })
    if (decision.cancel === true) {
      target.post('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
    } else if (decision.redirectURL !== undefined) {
      const responseHeaders = [{ name: 'Location', value: toChromiumUrl(decision.redirectURL) }]
      target.post('Fetch.fulfillRequest', { requestId, responseCode: 307, responseHeaders })
    } else if (isCustomScheme(schemeOf(url))) {
      await this.#answer(paused, url, target)
    } else {
      target.post('Fetch.continueRequest', { requestId })
    }
  }

  #describeType(resourceType: string, frameId: string): string {
    if (resourceType === 'Document') return frameId === this.#mainFrameId ? 'mainFrame' : 'subFrame'
    return RESOURCE_TYPES[resourceType] ?? 'other'
  }

  async #answer({ requestId, request }: PausedRequest, url: string, target: CdpSession): Promise<void> {
    const handler = this.#session.protocol.findHandler(schemeOf(url))
    if (handler === undefined) {
      target.post('Fetch.failRequest', { requestId, errorReason: 'Failed' })
      return
    }
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
      name,
      fromChromiumUrl(value),
    ])
    const body = request.postDataEntries?.map(({ bytes }) => Buffer.from(bytes ?? '', 'base64'))
    const response = await handler(
      new Request(url, {
        method: request.method,
        headers,
        ...(body === undefined ? {} : { body: Buffer.concat(body) }),
      }),
    )
    const bytes = Buffer.from(await response.arrayBuffer())
    const responseHeaders = [...response.headers].map(([name, value]) => ({
      name,
      value: translateHeader(name, value),
    }))
    target
      .send('Fetch.fulfillRequest', {
        requestId,
        responseCode: response.status,
        responseHeaders,
        body: bytes.toString('base64'),
      })
      .catch(() => target.post('Fetch.failRequest', { requestId, errorReason: 'Failed' }))
  }
}

function translateHeader(name: string, value: string): string {
  if (name.startsWith('content-security-policy')) return toChromiumPolicy(value)
  if (name === 'location' || name === 'access-control-allow-origin')
    return toChromiumUrl(value).replace(/(localhost)\/$/, '$1')
  return value
}
