import type { Codec } from '../codec/createCodec.ts'
import type { Emitter } from './createEmitter.ts'
import type { HostMessage, WorldMessage } from './messages.ts'

/** Creates `ipcRenderer` and the function that hears the main process. Self-contained: injected as source text. */
export function createIpcRenderer(
  speak: (message: WorldMessage) => void,
  codec: Codec,
  ipcRenderer: Emitter,
  unavailable: (name: string) => () => never,
): { ipcRenderer: object; hear: (text: string) => void } {
  type Pending = {
    readonly channel: string
    readonly resolve: (value: unknown) => void
    readonly reject: (error: Error) => void
  }
  const pending = new Map<number, Pending>()
  let lastId = 0

  const hear = (text: string): void => {
    const message = JSON.parse(text) as HostMessage
    if (message.type === 'event') {
      const event = { sender: ipcRenderer, ports: [] }
      ipcRenderer.emit(message.channel, event, ...(codec.decode(message.payload) as unknown[]))
      return
    }
    const call = pending.get(message.id)
    pending.delete(message.id)
    if (message.type === 'result') call?.resolve(codec.decode(message.payload))
    else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${message.message}`))
  }

  Object.assign(ipcRenderer, {
    invoke: async (channel: string, ...parameters: unknown[]) => {
      const id = ++lastId
      const payload = codec.encode(parameters)
      return await new Promise((resolve, reject) => {
        pending.set(id, { channel, resolve, reject })
        speak({ type: 'invoke', channel: String(channel), id, payload })
      })
    },
    send: (channel: string, ...parameters: unknown[]) =>
      speak({ type: 'send', channel: String(channel), payload: codec.encode(parameters) }),
    sendSync: unavailable('ipcRenderer.sendSync'),
    postMessage: unavailable('ipcRenderer.postMessage'),
    sendToHost: unavailable('ipcRenderer.sendToHost'),
  })
  return { ipcRenderer, hear }
}
