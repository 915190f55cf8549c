import type { BrowserWindow } from 'electron'
import type { Router } from '../../shared/contract/createRouter.ts'
import type { IpcBinding } from './bindIpc.ts'
import { createWindow } from './createWindow.ts'
import { mainPageUrl } from './pages.ts'

export interface MainWindowOptions {
  readonly ipc: IpcBinding
  readonly router: Router
  readonly preload: string
  readonly onClosed: () => void
}

/** The window with everything in it but the giving of approvals. */
export function createMainWindow(options: MainWindowOptions): BrowserWindow {
  const window = createWindow({
    preload: options.preload,
    title: 'Minato',
    width: 1280,
    height: 820,
    minWidth: 1100,
    minHeight: 680,
  })
  options.ipc.attach(window, options.router, mainPageUrl)
  window.once('closed', options.onClosed)
  void window.loadURL(mainPageUrl)
  return window
}
