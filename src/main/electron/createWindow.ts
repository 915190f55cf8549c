import { BrowserWindow, nativeTheme } from 'electron'

export interface WindowOptions {
  readonly preload: string
  readonly title: string
  readonly width: number
  readonly height: number
  readonly minWidth?: number
  readonly minHeight?: number
  /** The window that this one belongs to and stays in front of. */
  readonly parent?: BrowserWindow
  readonly resizable?: boolean
}

/** The harbour's ink and paper: what is seen in the moment before the page has painted. */
const backgroundColor = { dark: '#0b1520', light: '#f7f5f0' } as const

/** A sandboxed window that can show one page of the app and has one preload; hidden until its page has painted. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: options.width,
    height: options.height,
    minWidth: options.minWidth ?? options.width,
    minHeight: options.minHeight ?? options.height,
    resizable: options.resizable ?? true,
    show: false,
    title: options.title,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgroundColor.dark : backgroundColor.light,
    ...(options.parent ? { parent: options.parent, modal: true } : {}),
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  return window
}
