import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CdpSession } from '../browser/CdpSession.ts'
import { nodeCodec } from '../codec/nodeCodec.ts'
import { buildWorldScripts } from '../page/buildWorldScripts.ts'
import type { HostMessage, WorldMessage } from '../page/messages.ts'
import type { FrameTree } from './FrameTree.ts'
import type { WebFrameMain } from './WebFrameMain.ts'

const randomName = (): string => `_${randomBytes(16).toString('hex')}`

/** The line between the main process and a page's preload world. */
export class WorldLink {
  readonly #worldName = randomName()
  readonly #deliver = randomName()
  readonly #session: CdpSession
  readonly #frames: FrameTree

  constructor(session: CdpSession, frames: FrameTree) {
    this.#session = session
    this.#frames = frames
  }

  /** Has every coming document of the page start with the two worlds; what they say goes to `onMessage`. */
  async install(
    preload: string | undefined,
    onMessage: (message: WorldMessage, sender: WebFrameMain, contextId: number) => void,
  ): Promise<void> {
    const binding = randomName()
    this.#session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== binding) return
      const sender = this.#frames.findSender(executionContextId, this.#worldName)
      if (sender !== undefined) onMessage(JSON.parse(payload) as WorldMessage, sender, executionContextId)
    })
    const { node = '', electron = '', chrome = '', v8 = '' } = process.versions
    const { platform, arch } = process
    const scripts = buildWorldScripts(
      {
        binding,
        deliver: this.#deliver,
        handshake: randomName(),
        platform,
        arch,
        versions: { node, electron, chrome, v8 },
      },
      preload === undefined ? undefined : readFileSync(preload, 'utf8'),
    )
    await Promise.all([
      this.#session.send('Runtime.addBinding', { name: binding, executionContextName: this.#worldName }),
      this.#session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page }),
      this.#session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: scripts.preload,
        worldName: this.#worldName,
      }),
    ])
  }

  /** Sends an event to the present document's preload; throws when a parameter cannot be cloned. */
  sendEvent(channel: string, parameters: readonly unknown[]): void {
    const payload = nodeCodec.encode(parameters)
    const contextId = this.#frames.findMainContext(this.#worldName)
    if (contextId !== undefined) this.deliver({ type: 'event', channel, payload }, contextId)
  }

  /** Delivers a message to the document that a script context belongs to, unless it has gone. */
  deliver(message: HostMessage, contextId: number): void {
    const text = JSON.stringify(JSON.stringify(message))
    this.#session.post('Runtime.evaluate', {
      expression: `${this.#deliver}(${text})`,
      contextId,
      silent: true,
    })
  }
}
