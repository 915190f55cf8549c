import type { BrowserWindow } from 'electron'
import type { Router } from '../../shared/contract/createRouter.ts'
import type { IpcBinding } from './bindIpc.ts'
import { createWindow } from './createWindow.ts'
import { approvalPageUrl } from './pages.ts'

export interface ApprovalWindowOptions {
  readonly ipc: IpcBinding
  readonly router: Router
  readonly preload: string
  readonly parent: () => BrowserWindow | undefined
  /** The user closed the window without deciding. */
  readonly onDismissed: () => void
}

export interface ApprovalWindow {
  show(): void
  close(): void
  send(channel: string, payload: unknown): void
}

/** The window in which approvals are given: made anew for each, so that no page state outlives a decision. */
export function createApprovalWindow(options: ApprovalWindowOptions): ApprovalWindow {
  let window: BrowserWindow | undefined

  return {
    show() {
      if (window) return
      const parent = options.parent()
      const shown = createWindow({
        preload: options.preload,
        title: 'Minato',
        width: 520,
        height: 760,
        minHeight: 520,
        ...(parent ? { parent } : {}),
      })
      window = shown
      shown.setContentProtection(true)
      options.ipc.attach(shown, options.router, approvalPageUrl)
      shown.once('closed', () => {
        // Closed by the user; when the app closes it, it has forgotten it before.
        if (window !== shown) return
        window = undefined
        options.onDismissed()
      })
      void shown.loadURL(approvalPageUrl)
    },
    close() {
      const closing = window
      window = undefined
      if (closing && !closing.isDestroyed()) closing.destroy()
    },
    send(channel, payload) {
      if (window && !window.isDestroyed()) window.webContents.send(channel, payload)
    },
  }
}
