import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describeElectronVersion } from './launch/describeElectronVersion.ts'
import { setLaunchContext } from './launch/launchContext.ts'
import { parseArguments } from './launch/parseArguments.ts'
import { readAppPackage } from './launch/readAppPackage.ts'
import { registerElectronModule } from './launch/registerElectronModule.ts'

// The launcher's; programs that the app starts must not inherit it.
delete process.env['NODE_COMPILE_CACHE']
const argv = process.argv.slice(2)
const { appPath, preloadedModules, switches } = parseArguments(argv)
const app = readAppPackage(appPath)
setLaunchContext({ app, argv, switches })

process.argv = [join(import.meta.dirname, 'electron'), ...argv]
Object.defineProperty(process, 'type', { value: 'browser' })
Object.defineProperty(process, 'defaultApp', { value: true })
Object.defineProperty(process, 'resourcesPath', { value: import.meta.dirname })
Object.defineProperty(process.versions, 'electron', {
  value: describeElectronVersion(import.meta.filename),
  enumerable: true,
})
// How an app can tell, and warn its user: Electron has no such entry.
Object.defineProperty(process.versions, 'electronStandIn', { value: '1', enumerable: true })

const electronModule = pathToFileURL(join(import.meta.dirname, 'main/electron.ts')).href
registerElectronModule(electronModule)
const { startApp } = await import('./main/startApp.ts')
const require = createRequire(join(app.path, 'package.json'))
for (const module of preloadedModules) require(resolve(module))

// As in Electron: `ready` waits for the entry module, so a top-level `await app.whenReady()` would never end.
try {
  if (app.isModule) await import(pathToFileURL(app.entry).href)
  else require(app.entry)
  await startApp()
} catch (error) {
  console.error(error)
  process.exit(1)
}
