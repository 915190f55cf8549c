import process from 'node:process'
import { loadKeytar } from './keychain/loadKeytar.ts'
import { exitCodes, type SignerPort, serveSigner } from './serveSigner.ts'

/** Electron's utility process has a `parentPort`; its types belong to Electron, which this bundle must not import. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

// A default handler would print the error, and with it perhaps a secret.
process.on('uncaughtException', () => process.exit(exitCodes.fault))
process.on('unhandledRejection', () => process.exit(exitCodes.fault))

serveSigner(connectParent(), { loadKeychain: loadKeytar, nowMs: () => Date.now() })

function connectParent(): SignerPort {
  const end = (code: number) => process.exit(code)
  const parentPort: ParentPort | undefined = Reflect.get(process, 'parentPort')
  if (parentPort) {
    return {
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
      postMessage: (message) => parentPort.postMessage(message),
      end,
    }
  }
  // A plain child process, as in tests: without its parent it has nobody to serve.
  process.on('disconnect', () => process.exit())
  return {
    onMessage: (listener) => process.on('message', listener),
    postMessage: (message) => process.send?.(message),
    end,
  }
}
