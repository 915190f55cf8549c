import { nodeCodec } from '../codec/nodeCodec.ts'
import type { HostMessage, WorldMessage } from '../page/messages.ts'
import { type IpcMain, type IpcMainEvent, ipcMain } from './IpcMain.ts'

type IpcMessage = Extract<WorldMessage, { type: 'invoke' | 'send' }>

/** Hands a page's message to the listeners, or to the handler whose outcome is then answered. */
export async function dispatchIpc(
  message: IpcMessage,
  event: IpcMainEvent,
  ownIpc: IpcMain,
  answer: (message: HostMessage) => void,
): Promise<void> {
  const { channel } = message
  const parameters = nodeCodec.decode(message.payload) as unknown[]
  if (message.type === 'send') {
    ownIpc.emit(channel, event, ...parameters)
    ipcMain.emit(channel, event, ...parameters)
    return
  }
  const { id } = message
  try {
    const handler = ownIpc.findHandler(channel) ?? ipcMain.findHandler(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    const payload = nodeCodec.encode(await handler(event, ...parameters))
    answer({ type: 'result', id, payload })
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error)
    answer({ type: 'failure', id, message: String(error) })
  }
}
