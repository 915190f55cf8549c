import process from 'node:process'
import type { SignerPort } from './serveSigner.ts'

/** Electron's utility process has a `parentPort`; its types belong to Electron, which this bundle must not import. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

/** The way to whoever started this process: Electron's main process, or a Node parent as in tests. */
export function connectParent(): SignerPort {
  const end = (code: number) => process.exit(code)
  const parentPort: ParentPort | undefined = Reflect.get(process, 'parentPort')
  if (parentPort) {
    return {
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
      postMessage: (message) => parentPort.postMessage(message),
      end,
    }
  }
  // A plain child process without its parent has nobody to serve.
  process.on('disconnect', () => process.exit())
  return {
    onMessage: (listener) => process.on('message', listener),
    postMessage: (message) => process.send?.(message),
    end,
  }
}
