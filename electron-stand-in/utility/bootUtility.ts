import { pathToFileURL } from 'node:url'
import { describeElectronVersion } from '../launch/describeElectronVersion.ts'
import { registerElectronModule } from '../launch/registerElectronModule.ts'
import { ParentPort } from './ParentPort.ts'

const send = process.send?.bind(process)
if (send === undefined) throw new Error('a utility process is started by utilityProcess.fork')

const parentPort = new ParentPort((message) => send(message))
process.on('message', (message) => parentPort.receive(message))
// The channel closes with the parent, however it ended: no utility process outlives its app.
process.on('disconnect', () => process.exit(1))

const electron = describeElectronVersion(import.meta.filename)
const chrome = process.env['ELECTRON_STAND_IN_CHROME']
for (const own of ['ELECTRON_STAND_IN_CHROME', 'NODE_COMPILE_CACHE']) delete process.env[own]
Object.defineProperty(process, 'type', { value: 'utility' })
Object.defineProperty(process, 'parentPort', { value: parentPort, enumerable: true })
Object.defineProperty(process.versions, 'electron', { value: electron, enumerable: true })
Object.defineProperty(process.versions, 'chrome', { value: chrome, enumerable: true })
// Electron's utility processes have no Node channel to write to.
for (const name of ['send', 'disconnect']) Reflect.deleteProperty(process, name)

registerElectronModule(new URL('electronInUtility.ts', import.meta.url).href)
const [modulePath = ''] = process.argv.splice(2, 1)
process.argv[1] = modulePath
await import(pathToFileURL(modulePath).href)
