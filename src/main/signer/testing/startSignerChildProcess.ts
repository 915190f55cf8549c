import { fork } from 'node:child_process'
import type { SignerProcess } from '../../adapters/signer/createSignerClient.ts'

/**
 * Starts the signer as a plain Node child process: where there is no Electron, as in tests and benchmarks.
 *
 * `kill` ends it with SIGKILL: a thread that hangs in the keychain must not keep it alive.
 */
export function startSignerChildProcess(
  modulePath: string | URL,
  environment: NodeJS.ProcessEnv = {},
): SignerProcess & { readonly pid: number | undefined } {
  const child = fork(modulePath, {
    // bigints and bytes cross as they do in Electron, by structured clone.
    serialization: 'advanced',
    // What is compiled already need not be again; of everything else in this process's environment it gets nothing.
    env: { ...environment, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return {
    pid: child.pid,
    postMessage(message) {
      // A process that just ended is told by `exit`; writing to it is not worth an error of its own.
      child.send(message as object, () => {})
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      child.once('exit', listener)
      child.once('error', listener)
    },
    kill: () => child.kill('SIGKILL'),
  }
}
