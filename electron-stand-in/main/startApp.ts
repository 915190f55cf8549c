import { launchChromium } from '../browser/launchChromium.ts'
import { TargetRegistry } from '../browser/TargetRegistry.ts'
import { app } from './app.ts'
import { setBrowserProcess } from './browserProcess.ts'

/** Brings Chromium up and makes the app ready; the app ends when Chromium does. */
export async function startApp(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
  const chromium = await launchChromium({ locale: app.getLocale(), appSwitches: app.commandLine.switches })
  process.on('exit', () => chromium.kill())
  app.beforeExit(() => chromium.quit())
  process.stderr.write(
    `electron stand-in: running on ${chromium.product} and Node ${process.versions.node}, NOT on Electron. ` +
      'For development, tests and practice money only: never for real funds.\n',
  )
  Object.defineProperty(process.versions, 'chrome', {
    value: chromium.product.replace(/^.*\//, ''),
    enumerable: true,
  })
  const targets = await TargetRegistry.start(chromium)
  setBrowserProcess({ chromium, targets })
  chromium.exited.then(() => app.exit(1))
  app.becomeReady()
}
