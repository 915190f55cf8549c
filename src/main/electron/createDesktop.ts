import { type BrowserWindow, clipboard, dialog, Notification } from 'electron'

/** The system's clipboard, notifications and dialogs, and the protection of the main window while it shows a secret. */
export function createDesktop(window: () => BrowserWindow | undefined) {
  return {
    clipboard: {
      read: () => clipboard.readText(),
      write: (text: string) => clipboard.writeText(text),
      clear: () => clipboard.clear(),
    },
    notify(title: string, body: string): void {
      if (!Notification.isSupported()) return
      const notification = new Notification({ title, body })
      notification.on('click', () => {
        const shown = window()
        if (!shown || shown.isDestroyed()) return
        if (shown.isMinimized()) shown.restore()
        shown.show()
      })
      notification.show()
    },
    setSecretShown(isShown: boolean): void {
      const shown = window()
      if (shown && !shown.isDestroyed()) shown.setContentProtection(isShown)
    },
    async printToPdf(): Promise<Uint8Array> {
      const shown = window()
      if (!shown) throw new Error('There is no window to print')
      return shown.webContents.printToPDF({ pageSize: 'A4', printBackground: true })
    },
    async askSavePath(suggestedName: string): Promise<string | undefined> {
      const parent = window()
      const options = { defaultPath: suggestedName }
      const { canceled, filePath } = await (parent
        ? dialog.showSaveDialog(parent, options)
        : dialog.showSaveDialog(options))
      return canceled || filePath === '' ? undefined : filePath
    },
  }
}
