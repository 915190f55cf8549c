import { EventEmitter } from 'node:events'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { getLaunchContext } from '../launch/launchContext.ts'
import { refuseUnknownMembers } from '../unavailable.ts'
import { CommandLine } from './CommandLine.ts'
import { createCancellableEvent } from './createCancellableEvent.ts'
import { findAppFolder } from './findAppFolder.ts'
import { readSystemLocales } from './readSystemLocales.ts'
import { SingleInstanceLock } from './SingleInstanceLock.ts'
import { openWindows } from './windowRegistry.ts'

/** Electron's `app`. Members that it lacks throw. */
class App extends EventEmitter {
  readonly isPackaged = false
  readonly commandLine = new CommandLine(getLaunchContext().switches)
  readonly #package = getLaunchContext().app
  readonly #paths = new Map<string, string>()
  readonly #lock = new SingleInstanceLock()
  readonly #ready = Promise.withResolvers<void>()
  readonly #cleanups: (() => Promise<void>)[] = []
  #name = this.#package.name
  #version = this.#package.version
  #isReady = false
  #isQuitting = false
  #isExiting = false

  get name(): string {
    return this.#name
  }

  set name(name: string) {
    this.#name = name
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  isReady(): boolean {
    return this.#isReady
  }

  getName(): string {
    return this.#name
  }

  setName(name: string): void {
    this.#name = name
  }

  getVersion(): string {
    return this.#version
  }

  getAppPath(): string {
    return this.#package.path
  }

  getLocale(): string {
    return this.commandLine.getSwitchValue('lang') || this.getSystemLocale()
  }

  getSystemLocale(): string {
    return this.getPreferredSystemLanguages()[0] ?? 'en-US'
  }

  getLocaleCountryCode(): string {
    return new Intl.Locale(this.getSystemLocale()).region ?? ''
  }

  getPreferredSystemLanguages(): string[] {
    return readSystemLocales(process.env)
  }

  getPath(name: string): string {
    const chosen = this.#paths.get(name) ?? (name === 'sessionData' ? this.#paths.get('userData') : undefined)
    if (chosen !== undefined) return chosen
    const fromSwitch = this.commandLine.getSwitchValue('user-data-dir')
    if ((name === 'userData' || name === 'sessionData') && fromSwitch) return fromSwitch
    if (name === 'logs' && process.platform !== 'darwin') return join(this.getPath('userData'), 'logs')
    const executable = process.argv[0] ?? ''
    const folder = findAppFolder(name, { name: this.#name, executable, modulePath: executable }, process.env)
    if (folder === undefined) throw new Error(`Failed to get '${name}' path`)
    return folder
  }

  setPath(name: string, path: string): void {
    const executable = process.argv[0] ?? ''
    if (findAppFolder(name, { name: this.#name, executable, modulePath: executable }, {}) === undefined) {
      throw new Error(`Failed to set path: unknown name '${name}'`)
    }
    if (statSync(path, { throwIfNoEntry: false })?.isFile())
      throw new Error(`Failed to set path: ${path} is a file`)
    this.#paths.set(name, path)
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    const me = { argv: process.argv, workingDirectory: process.cwd(), additionalData }
    return this.#lock.acquire(this.getPath('userData'), me, (second) => {
      this.emit('second-instance', {}, second.argv, second.workingDirectory, second.additionalData)
    })
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock.isHeld
  }

  releaseSingleInstanceLock(): void {
    this.#lock.release()
  }

  // Every window here is sandboxed; there is no user model, badge or bounce that the app could see the lack of.
  enableSandbox(): void {}
  setAppUserModelId(_id: string): void {}
  disableHardwareAcceleration(): void {}
  setDesktopName(_name: string): void {}

  focus(): void {
    const [first] = openWindows
    if (first !== undefined && 'focus' in first && typeof first.focus === 'function') first.focus()
  }

  /** Asks every window to close, then leaves; an app may prevent either. */
  quit(): void {
    if (this.#isQuitting) return
    const event = createCancellableEvent({})
    this.#isQuitting = true
    this.emit('before-quit', event)
    if (event.defaultPrevented) {
      this.#isQuitting = false
      return
    }
    if (openWindows.size === 0) this.#leave()
    else for (const window of [...openWindows].reverse()) window.close()
  }

  /** Leaves without asking anybody. */
  exit(code = 0): void {
    if (this.#isExiting) return
    this.#isExiting = true
    this.#isQuitting = true
    for (const window of [...openWindows]) window.destroy()
    this.emit('quit', {}, code)
    Promise.allSettled(this.#cleanups.map((cleanup) => cleanup())).finally(() => process.exit(code))
  }

  /** Stand-in internals: called as windows come and go. */
  onWindowClosed(): void {
    if (openWindows.size > 0 || this.#isExiting) return
    if (this.#isQuitting) this.#leave()
    else if (!this.emit('window-all-closed')) this.quit()
  }

  /** Stand-in internals: a window refused to close, so the app stays. */
  onCloseRefused(): void {
    this.#isQuitting = false
  }

  /** Stand-in internals: runs before the process ends. */
  beforeExit(cleanup: () => Promise<void>): void {
    this.#cleanups.push(cleanup)
  }

  /** Stand-in internals: Chromium is up and the app's entry module has run. */
  becomeReady(): void {
    if (this.#isExiting) return
    this.#isReady = true
    this.#ready.resolve()
    this.emit('ready', {}, {})
  }

  #leave(): void {
    const event = createCancellableEvent({})
    this.emit('will-quit', event)
    if (event.defaultPrevented) this.#isQuitting = false
    else this.exit(0)
  }
}

refuseUnknownMembers(App, 'app')

/** Electron's `app`. */
export const app = new App()
