import { refuseUnknownMembers, UnavailableError } from '../unavailable.ts'

const HINT = 'a test replaces it: app.evaluate(({ dialog }) => { dialog.… = … })'

/** Electron's `dialog`: there is nobody to answer, so whatever asks a question rejects. */
class Dialog {
  showMessageBox(..._parameters: unknown[]): Promise<never> {
    return Promise.reject(new UnavailableError('dialog.showMessageBox', HINT))
  }

  showOpenDialog(..._parameters: unknown[]): Promise<never> {
    return Promise.reject(new UnavailableError('dialog.showOpenDialog', HINT))
  }

  showSaveDialog(..._parameters: unknown[]): Promise<never> {
    return Promise.reject(new UnavailableError('dialog.showSaveDialog', HINT))
  }

  /** Writes to standard error, as Electron does on Linux before the app is ready. */
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}\n${content}\n`)
  }
}

refuseUnknownMembers(Dialog, 'dialog')

/** Electron's `dialog`. */
export const dialog = new Dialog()
