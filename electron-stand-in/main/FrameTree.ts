import type { CdpSession } from '../browser/CdpSession.ts'
import { type FrameOwner, WebFrameMain } from './WebFrameMain.ts'

type ScriptContext = { readonly frameId: string; readonly worldName: string }

/** A page's frames and the script contexts in them, followed from Chromium's events. */
export class FrameTree {
  readonly mainFrame: WebFrameMain
  readonly #owner: FrameOwner
  readonly #frames = new Map<string, WebFrameMain>()
  readonly #contexts = new Map<number, ScriptContext>()

  constructor(send: FrameOwner['send'], mainFrameId: string) {
    const frames = this.#frames
    this.#owner = {
      get mainFrame() {
        return frames.get(mainFrameId) as WebFrameMain
      },
      send,
      findFrame: (id) => frames.get(id),
    }
    this.mainFrame = this.#frameOf(mainFrameId)
  }

  follow(session: CdpSession): void {
    session.on('Page.frameNavigated', ({ frame }) => {
      this.#frameOf(frame.id).commit({ ...frame, url: frame.url + (frame.urlFragment ?? '') })
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) =>
      this.#frames.get(frameId)?.changeUrl(url),
    )
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'swap') return
      this.#frames.get(frameId)?.markDestroyed()
      this.#frames.delete(frameId)
    })
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string }
      if (frameId !== undefined) this.#contexts.set(context.id, { frameId, worldName: context.name })
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#contexts.delete(executionContextId),
    )
    session.on('Runtime.executionContextsCleared', () => this.#contexts.clear())
  }

  find(frameId: string): WebFrameMain | undefined {
    return this.#frames.get(frameId)
  }

  /** The frame that a script context belongs to, provided that the context is of the given world. */
  findSender(contextId: number, worldName: string): WebFrameMain | undefined {
    const context = this.#contexts.get(contextId)
    return context?.worldName === worldName ? this.#frames.get(context.frameId) : undefined
  }

  /** The script context of a world in the main frame's present document. */
  findMainContext(worldName: string): number | undefined {
    for (const [id, context] of this.#contexts) {
      if (context.worldName === worldName && context.frameId === this.mainFrame.frameToken) return id
    }
    return undefined
  }

  #frameOf(id: string): WebFrameMain {
    const known = this.#frames.get(id)
    if (known !== undefined) return known
    const frame = new WebFrameMain(this.#owner, id)
    this.#frames.set(id, frame)
    return frame
  }
}
