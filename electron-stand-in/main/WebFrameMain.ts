import { refuseUnknownMembers } from '../unavailable.ts'
import { fromChromiumUrl } from './schemes.ts'

/** What a frame needs of the tree it is in. */
export type FrameOwner = {
  readonly mainFrame: WebFrameMain
  readonly send: (channel: string, ...parameters: unknown[]) => void
  readonly findFrame: (id: string) => WebFrameMain | undefined
}

/** A frame as Chromium reports it. */
export class WebFrameMain {
  readonly frameToken: string
  readonly processId = 1
  readonly routingId = 1
  readonly #owner: FrameOwner
  #url = 'about:blank'
  #origin = 'null'
  #name = ''
  #parentId: string | undefined
  #isDestroyed = false

  constructor(owner: FrameOwner, frameToken: string) {
    this.#owner = owner
    this.frameToken = frameToken
  }

  get url(): string {
    return this.#url
  }

  get origin(): string {
    return this.#origin
  }

  get name(): string {
    return this.#name
  }

  get parent(): WebFrameMain | null {
    return (this.#parentId !== undefined && this.#owner.findFrame(this.#parentId)) || null
  }

  get top(): WebFrameMain {
    return this.#owner.mainFrame
  }

  get detached(): boolean {
    return this.#isDestroyed
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  send(channel: string, ...parameters: unknown[]): void {
    if (this === this.#owner.mainFrame) this.#owner.send(channel, ...parameters)
  }

  /** Stand-in internals: a document was committed in this frame. */
  commit(frame: { url: string; securityOrigin: string; name?: string; parentId?: string }): void {
    this.#url = fromChromiumUrl(frame.url)
    // Chromium prints an opaque origin as '://'.
    this.#origin = frame.securityOrigin === '://' ? 'null' : fromChromiumUrl(frame.securityOrigin)
    this.#name = frame.name ?? ''
    this.#parentId = frame.parentId
  }

  /** Stand-in internals: the address changed within the document. */
  changeUrl(url: string): void {
    this.#url = fromChromiumUrl(url)
  }

  /** Stand-in internals. */
  markDestroyed(): void {
    this.#isDestroyed = true
  }
}

refuseUnknownMembers(WebFrameMain, 'WebFrameMain')
