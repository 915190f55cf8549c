import { EventEmitter } from 'node:events'
import { refuseUnknownMembers } from '../unavailable.ts'
import type { WebContents } from './WebContents.ts'
import type { WebFrameMain } from './WebFrameMain.ts'

/** The first argument of IPC handlers and listeners; its frame is what Chromium says, never what a page claims. */
export type IpcMainEvent = {
  readonly type: 'frame'
  readonly sender: WebContents
  readonly senderFrame: WebFrameMain
  readonly frameId: number
  readonly processId: number
  readonly ports: readonly never[]
  readonly reply: (channel: string, ...parameters: unknown[]) => void
}

type Handler = (event: IpcMainEvent, ...parameters: unknown[]) => unknown

/** Electron's `ipcMain`, and each window's own `webContents.ipc`. */
export class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    if (typeof handler !== 'function')
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`)
    this.#handlers.set(channel, handler)
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...parameters) => {
      this.removeHandler(channel)
      return handler(event, ...parameters)
    })
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** Stand-in internals: the handler of a channel. */
  findHandler(channel: string): Handler | undefined {
    return this.#handlers.get(channel)
  }
}

refuseUnknownMembers(IpcMain, 'ipcMain')

/** Electron's `ipcMain`. */
export const ipcMain = new IpcMain()
