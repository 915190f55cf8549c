import { type BrowserWindow, ipcMain } from 'electron'
import type { Router } from '../../shared/contract/createRouter.ts'
import { overwriteBytes } from '../../shared/secrets/overwriteBytes.ts'
import { carriesSecrets } from '../ipc/carriesSecrets.ts'
import { createDispatcher, type Sender } from '../ipc/createDispatcher.ts'

export interface IpcBinding {
  /** Lets a window speak to a router for as long as the window lives. */
  attach(window: BrowserWindow, router: Router, pageUrl: string): void
}

/** Binds every channel of the given routers once; the only use of ipcMain in the app. */
export function bindIpc(
  channels: Iterable<string>,
  onRefused: (sender: Sender, channel: string) => void,
): IpcBinding {
  const dispatcher = createDispatcher(onRefused)
  for (const channel of new Set(channels)) {
    ipcMain.handle(channel, async (event, input) => {
      const sender = {
        windowId: event.sender.id,
        url: event.senderFrame?.url,
        isMainFrame: event.senderFrame !== null && event.senderFrame.parent === null,
      }
      const result = await dispatcher.dispatch(sender, channel, input)
      // Electron serialises the answer when this promise settles, before the next turn of the event loop.
      if (carriesSecrets(channel)) setImmediate(() => overwriteBytes(input, result))
      return result
    })
  }
  return {
    attach(window, router, pageUrl) {
      const { id } = window.webContents
      dispatcher.attach(id, { router, pageUrl })
      window.once('closed', () => dispatcher.detach(id))
    },
  }
}
