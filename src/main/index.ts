import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { app, type BrowserWindow, dialog, nativeTheme } from 'electron'
import { negotiateLanguage } from '../shared/text/negotiateLanguage.ts'
import searchPath from './adapters/search/searchThread.ts?modulePath'
import { simulationLimits } from './adapters/simulation/createSimulation.ts'
import simulationPath from './adapters/simulation/simulationThread.ts?modulePath'
import { nowMs } from './adapters/system/clock.ts'
import { createLogger, describeThrown, type Logger } from './adapters/system/createLogger.ts'
import { composeServices, type Host, type Services } from './composeServices.ts'
import { bindIpc } from './electron/bindIpc.ts'
import { createApprovalWindow } from './electron/createApprovalWindow.ts'
import { createDesktop } from './electron/createDesktop.ts'
import { createMainWindow } from './electron/createMainWindow.ts'
import { describeStartFailure, isSetAside } from './electron/describeStartFailure.ts'
import { forbidCoreDumps } from './electron/forbidCoreDumps.ts'
import { forkSigner } from './electron/forkSigner.ts'
import { hardenSession, hardenWebContents } from './electron/hardenWebContents.ts'
import { registerAppScheme, serveRenderer } from './electron/serveRenderer.ts'
import { watchAbsence } from './electron/watchAbsence.ts'
import signerPath from './signer/index.ts?modulePath'

// Every page is sandboxed, also one that a later mistake would open without saying so.
app.enableSandbox()
registerAppScheme()

// Two instances would write one vault and one database; the second hands over to the first and ends.
if (app.requestSingleInstanceLock()) {
  app.whenReady().then(start).catch(fail)
} else {
  process.stderr.write('Minato is already running: its window comes to the front.\n')
  app.quit()
}

async function start(): Promise<void> {
  const dataFolder = app.getPath('userData')
  const logger = openLog()
  process.on('uncaughtException', (thrown) => logger.error('uncaught', describeThrown(thrown)))
  process.on('unhandledRejection', (thrown) => logger.error('unhandled', describeThrown(thrown)))

  const onDumpable = (thrown: unknown) => logger.warn('dumpable', describeThrown(thrown))
  forbidCoreDumps(process.pid).catch(onDumpable)
  hardenWebContents((what) => logger.warn('denied', { what }))
  hardenSession()
  serveRenderer(join(import.meta.dirname, '../renderer'))

  let mainWindow: BrowserWindow | undefined
  const preload = (name: string) => join(import.meta.dirname, `../preload/${name}.cjs`)

  const services: Services = startServices({
    dataFolder,
    // The local chain is a development tool: a packaged app knows nothing of it.
    localChainManifest: app.isPackaged ? undefined : process.env.MINATO_LOCAL_CHAIN,
    keychainService: app.isPackaged ? 'Minato' : 'Minato development',
    appInfo: {
      version: app.getVersion(),
      platform: process.platform,
      host: 'electronStandIn' in process.versions ? 'stand-in' : 'electron',
      systemLanguages: app.getPreferredSystemLanguages(),
    },
    logger,
    startSigner: () => forkSigner(signerPath, onDumpable),
    startSearch: () => new Worker(searchPath),
    startSimulation: (task) =>
      new Worker(simulationPath, { workerData: task, resourceLimits: simulationLimits }),
    approvalWindow: { show: () => approvalWindow.show(), close: () => approvalWindow.close() },
    desktop: createDesktop(() => mainWindow),
    sendToMainWindow: (channel, payload) => mainWindow?.webContents.send(channel, payload),
    sendToApprovalWindow: (channel, payload) => approvalWindow.send(channel, payload),
  })

  const ipc = bindIpc(
    [...services.mainRouter.channels, ...services.approvalRouter.channels],
    (sender, channel) =>
      logger.warn('ipc.refused', { channel, windowId: sender.windowId, isMainFrame: sender.isMainFrame }),
  )
  const approvalWindow = createApprovalWindow({
    ipc,
    router: services.approvalRouter,
    preload: preload('approval'),
    parent: () => mainWindow,
    onDismissed: services.dismissApproval,
  })

  function openMainWindow(): void {
    mainWindow = createMainWindow({
      ipc,
      router: services.mainRouter,
      preload: preload('main'),
      onClosed() {
        mainWindow = undefined
        approvalWindow.close()
        services.dismissApproval()
      },
    })
  }

  nativeTheme.themeSource = services.settings.get().theme
  app.on('second-instance', () => {
    // On macOS the first may be without a window.
    if (!mainWindow) return openMainWindow()
    if (mainWindow.isMinimized()) mainWindow.restore()
    mainWindow.focus()
  })
  app.on('activate', () => {
    if (!mainWindow) openMainWindow()
  })
  app.on('window-all-closed', () => {
    // On macOS an application stays without windows; its keys do not.
    if (process.platform === 'darwin') void services.vault.lock()
    else app.quit()
  })
  app.on('will-quit', services.shutDown)
  watchAbsence(services.vault.isUnlocked, () => void services.vault.lock())

  openMainWindow()
}

/** A damaged record keeps nobody from his keys: it is out of the way by now, the user is told, and an empty one takes its place. */
function startServices(host: Host): Services {
  try {
    return composeServices(host)
  } catch (thrown) {
    if (!isSetAside(thrown)) throw thrown
    host.logger.error('storage.damaged', describeThrown(thrown))
    tellOfFailure(thrown)
    return composeServices(host)
  }
}

function fail(thrown: unknown): void {
  openLog().error('start', describeThrown(thrown))
  tellOfFailure(thrown)
  app.exit(1)
}

function tellOfFailure(thrown: unknown): void {
  const language = negotiateLanguage('system', app.getPreferredSystemLanguages())
  dialog.showErrorBox('Minato', describeStartFailure(thrown, language, app.getPath('userData')))
}

function openLog(): Logger {
  return createLogger({ folder: join(app.getPath('userData'), 'logs'), level: 'info', nowMs })
}
