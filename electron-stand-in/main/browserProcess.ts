import type { ChromiumProcess } from '../browser/launchChromium.ts'
import type { TargetRegistry } from '../browser/TargetRegistry.ts'

/** The Chromium of this app and its open pages. */
export type BrowserProcess = { readonly chromium: ChromiumProcess; readonly targets: TargetRegistry }

let current: BrowserProcess | undefined

export function setBrowserProcess(browserProcess: BrowserProcess): void {
  current = browserProcess
}

/** The app's Chromium; throws before the app is ready, as Electron does when a window is created too early. */
export function getBrowserProcess(what: string): BrowserProcess {
  if (current === undefined) throw new Error(`Cannot create ${what} before app is ready`)
  return current
}
