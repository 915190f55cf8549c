import { type BrowserWindow, ipcMain } from 'electron'
import type { Router } from '../../shared/contract/createRouter.ts'
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
    ipcMain.handle(channel, (event, input) =>
      dispatcher.dispatch(
        {
          windowId: event.sender.id,
          url: event.senderFrame?.url,
          isMainFrame: event.senderFrame !== null && event.senderFrame.parent === null,
        },
        channel,
        input,
      ),
    )
  }
  return {
    attach(window, router, pageUrl) {
      const { id } = window.webContents
      dispatcher.attach(id, { router, pageUrl })
      window.once('closed', () => dispatcher.detach(id))
    },
  }
}
