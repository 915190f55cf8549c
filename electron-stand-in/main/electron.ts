// What `import … from 'electron'` and `require('electron')` give in the main process.

import { createUnavailableModule, UnavailableError } from '../unavailable.ts'
import { UtilityProcess } from '../utility/UtilityProcess.ts'
import { app } from './app.ts'
import { BrowserWindow } from './BrowserWindow.ts'
import { clipboard } from './clipboard.ts'
import { dialog } from './dialog.ts'
import { ipcMain } from './IpcMain.ts'
import { Menu } from './Menu.ts'
import { nativeTheme } from './NativeTheme.ts'
import { Notification } from './Notification.ts'
import { net } from './net.ts'
import { powerMonitor } from './PowerMonitor.ts'
import { protocol } from './Protocol.ts'
import { session } from './Session.ts'
import { safeStorage } from './safeStorage.ts'
import { shell } from './shell.ts'
import { webContents } from './WebContents.ts'

export const utilityProcess = {
  fork: (
    modulePath: string,
    parameters?: string[],
    options?: ConstructorParameters<typeof UtilityProcess>[2],
  ) => new UtilityProcess(modulePath, parameters, options),
}

export class MessageChannelMain {
  constructor() {
    throw new UnavailableError(
      'MessageChannelMain',
      'ports cannot be transferred; use postMessage without ports',
    )
  }
}

export const autoUpdater = createUnavailableModule('autoUpdater')
export const BaseWindow = createUnavailableModule('BaseWindow')
export const BrowserView = createUnavailableModule('BrowserView')
export const contentTracing = createUnavailableModule('contentTracing')
export const crashReporter = createUnavailableModule('crashReporter')
export const desktopCapturer = createUnavailableModule('desktopCapturer')
export const globalShortcut = createUnavailableModule('globalShortcut')
export const ImageView = createUnavailableModule('ImageView')
export const inAppPurchase = createUnavailableModule('inAppPurchase')
export const MenuItem = createUnavailableModule('MenuItem')
export const nativeImage = createUnavailableModule('nativeImage')
export const netLog = createUnavailableModule('netLog')
export const powerSaveBlocker = createUnavailableModule('powerSaveBlocker')
export const pushNotifications = createUnavailableModule('pushNotifications')
export const screen = createUnavailableModule('screen')
export const ShareMenu = createUnavailableModule('ShareMenu')
export const sharedTexture = createUnavailableModule('sharedTexture')
export const systemPreferences = createUnavailableModule('systemPreferences')
export const TouchBar = createUnavailableModule('TouchBar')
export const Tray = createUnavailableModule('Tray')
export const View = createUnavailableModule('View')
export const WebContentsView = createUnavailableModule('WebContentsView')
export const webFrameMain = createUnavailableModule('webFrameMain')

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  webContents,
}

const electron = {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  session,
  ShareMenu,
  sharedTexture,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  webContents,
  WebContentsView,
  webFrameMain,
}

// `import electron from 'electron'`, and what `require` gives for this module.
// biome-ignore lint/style/noDefaultExport: Electron's own module has one.
export { electron as default, electron as 'module.exports' }
