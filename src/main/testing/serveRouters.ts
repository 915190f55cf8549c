/**
 * The main process without windows, for tests that look at it from outside: it answers `{ id, channel, input }` as the app's IPC
 * does, and on request writes a snapshot of its heap and searches its buffers.
 *
 *   node --expose-gc serveRouters.ts <data folder>
 */
import process from 'node:process'
import { writeHeapSnapshot } from 'node:v8'
import { overwriteBytes } from '../../shared/secrets/overwriteBytes.ts'
import { startSearchThread } from '../adapters/search/testing/startSearchThread.ts'
import { startSimulationThread } from '../adapters/simulation/testing/startSimulationThread.ts'
import { composeServices } from '../composeServices.ts'
import { carriesSecrets } from '../ipc/carriesSecrets.ts'
import { startSignerChildProcess } from '../signer/testing/startSignerChildProcess.ts'
import { findInBuffers, type TurnedBytes } from './findInBuffers.ts'

const [dataFolder = ''] = process.argv.slice(2)
const services = composeServices({
  dataFolder,
  localChainManifest: undefined,
  keychainService: 'minato heap control',
  appInfo: { version: '0', platform: 'linux', host: 'stand-in', systemLanguages: ['en'] },
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  startSigner: () =>
    startSignerChildProcess(new URL('../signer/testing/signerAtFloorCost.ts', import.meta.url)),
  startSearch: startSearchThread,
  startSimulation: startSimulationThread,
  approvalWindow: { show() {}, close() {} },
  desktop: {
    clipboard: { read: async () => '', async write() {}, clear() {} },
    notify() {},
    setSecretShown() {},
    askSavePath: async () => undefined,
    printToPdf: async () => new Uint8Array(),
  },
  sendToMainWindow() {},
  sendToApprovalWindow() {},
})

type Message =
  | { id: number; channel: string; input: unknown }
  | { snapshot: string; wanted: TurnedBytes }
  | { end: true }

process.on('message', (message: Message) => {
  if ('end' in message) {
    services.shutDown()
    process.exit()
  }
  if ('snapshot' in message) {
    globalThis.gc?.()
    writeHeapSnapshot(message.snapshot)
    Object.assign(globalThis, { controlBytes: new TextEncoder().encode('control bytes') })
    void findInBuffers(message.wanted).then((found) => process.send?.({ snapshot: true, result: found }))
    return
  }
  const { id, channel, input } = message
  void services.mainRouter.handle(channel, input).then((result) => {
    process.send?.({ id, result })
    // As src/main/electron/bindIpc.ts does.
    if (carriesSecrets(channel)) setImmediate(() => overwriteBytes(input, result))
  })
})
process.send?.({ ready: true })
