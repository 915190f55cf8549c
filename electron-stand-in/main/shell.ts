import { spawn } from 'node:child_process'
import { refuseUnknownMembers, UnavailableError } from '../unavailable.ts'

const OPENER = process.platform === 'darwin' ? 'open' : 'xdg-open'

/** Electron's `shell`: opens addresses with the desktop's own opener, where there is a desktop. */
class Shell {
  async openExternal(url: string): Promise<void> {
    if (!URL.canParse(url)) throw new Error('Invalid URL')
    if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
      throw new UnavailableError('shell.openExternal', 'there is no desktop; a test replaces it')
    }
    await new Promise<void>((resolve, reject) => {
      const opener = spawn(OPENER, [url], { stdio: 'ignore', detached: true })
      opener.once('error', (cause) => reject(new Error(`Failed to open ${url}`, { cause })))
      opener.once('spawn', () => {
        opener.unref()
        resolve()
      })
    })
  }
}

refuseUnknownMembers(Shell, 'shell')

/** Electron's `shell`. */
export const shell = new Shell()
